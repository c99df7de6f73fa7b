import { describe, expect, test } from 'vitest';
import {
  AWS_OWNED_KEY,
  keyIdFault,
  maxRecordFault,
  retentionFault,
  shardCountFault,
  streamNameFault,
  tagFault,
  tagsFault,
  warmThroughputFault,
} from './stream-rules.ts';

describe('a name', () => {
  test.each(['a', 'orders.v2_EU-1', 'x'.repeat(128)])('%s is one', (name) => {
    expect(streamNameFault(name)).toBeNull();
  });
  test.each([
    ['', /needs a name/],
    ['x'.repeat(129), /at most 128 characters; this has 129/],
    ['two words', /“ ” is none of them/],
    ['größe', /“ö” is none/],
    ['a😀', /“😀” is none/],
  ])('%s is none', (name, words) => {
    expect(streamNameFault(name)).toMatch(words);
  });
});

test.each([
  [shardCountFault, [1, 10_000], [0, -1, 1.5, 10_001, Number.NaN]],
  [retentionFault, [24, 168, 8_760], [23, 8_761, 24.5, Number.NaN]],
  [maxRecordFault, [1_024, 10_240], [1_023, 10_241, 2_000.5, Number.NaN]],
  [warmThroughputFault, [0, 8, 10_240], [-1, 10_241, 0.5, Number.NaN]],
])('numbers have both their ends (%#)', (fault, right, wrong) => {
  for (const value of right) expect(fault(value)).toBeNull();
  for (const value of wrong) expect(fault(value)).not.toBeNull();
});

describe('a key', () => {
  test.each([
    AWS_OWNED_KEY,
    'alias/mine',
    '12345678-1234-1234-1234-123456789012',
    'mrk-1234567890abcdef1234567890abcdef',
    'arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012',
    'arn:aws-cn:kms:cn-north-1:123456789012:alias/mine',
  ])('%s is one', (keyId) => {
    expect(keyIdFault(keyId)).toBeNull();
  });
  test.each(['', 'mine', 'alias/', 'alias/a b', 'x'.repeat(2_049)])('%s is none', (keyId) => {
    expect(keyIdFault(keyId)).not.toBeNull();
  });
});

describe('tags', () => {
  test.each([
    ['team', 'orders'],
    ['cost center', ''],
    ['ключ', 'a_b.c:d/e=f+g-h@i'],
    ['k'.repeat(128), 'v'.repeat(256)],
  ])('%s is one', (key, value) => {
    expect(tagFault(key, value)).toBeNull();
  });
  test.each([
    ['', 'x', /needs a key/],
    ['aws:owner', 'x', /belong to AWS/],
    ['AWS:owner', 'x', /belong to AWS/],
    ['k'.repeat(129), '', /this has 129/],
    ['k', 'v'.repeat(257), /this has 257/],
    ['a,b', '', /only/],
    ['a', '<b>', /only/],
  ])('%s is none', (key, value, words) => {
    expect(tagFault(key, value)).toMatch(words);
  });
  test('50 are accepted, 51 are not, and a wrong one is named', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, '']));
    expect(tagsFault(many(50))).toBeNull();
    expect(tagsFault(many(51))).toMatch(/at most 50 tags; these are 51/);
    expect(tagsFault({ good: '', 'b;d': '' })).toMatch(/^b;d: /);
  });
});
