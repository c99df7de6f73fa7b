import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';
import { UsageError } from './usage-error.ts';

test('the endpoint alone is enough', () => {
  expect(parseOptions(['--kinesis', 'http://127.0.0.1:4567'])).toMatchObject({
    kinesis: 'http://127.0.0.1:4567',
    client: 'default',
    region: 'us-east-1',
    deadlineSeconds: 60,
    concurrency: 8,
  });
});

test('patterns find parts of names in any letter case', () => {
  const { only, skip } = parseOptions([
    '--kinesis',
    'http://h',
    '--only',
    'putrecord',
    '--skip',
    'call rate',
  ]);
  expect(only?.test('PutRecords / 501')).toBe(true);
  expect(skip?.test('ListStreams / at a call rate of 5')).toBe(true);
});

test('kinesis-local brings its client and its list along', () => {
  const { kinesis, client, known } = parseOptions(['--kinesis-local']);
  expect([kinesis, client]).toEqual(['kinesis-local', 'http1']);
  expect(known).toMatch(/docs\/conformance\/known-kinesis-local\.json$/);
});

test.each([
  [['--kinesis-local', '--kinesis', 'http://h']],
  [[]],
  [['--kinesis', 'not a url']],
  [['--kinesis', 'http://h', '--client', 'telnet']],
  [['--kinesis', 'http://h', '--deadline', '0']],
  [['--kinesis', 'http://h', '--only', '(']],
  [['--kinesis', 'http://h', '--unknown']],
])('%j is refused in words', (args) => {
  expect(() => parseOptions(args)).toThrow(UsageError);
});
