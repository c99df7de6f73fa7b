import { expect, test } from 'vitest';
import { bindingWords, scanWords } from './binding-words.ts';
import type { ConsumerTableView } from './stream-consumers-view.ts';

const TABLE: ConsumerTableView = {
  connection: 'local',
  tableName: 'quota-worker',
  layout: 'kcl',
  part: null,
  binding: { kind: 'bound', by: 'creation', stream: { streamId: 1, streamName: 'tweets' } },
  boundByHandTo: null,
  readCapacity: 10,
  scan: { units: 5, seconds: 5, atMs: 0 },
  failure: null,
  checkedAtMs: 0,
};

test('says which stream a table is of, and how that is known', () => {
  expect(bindingWords(TABLE)).toBe(
    'Bound to tweets by the creation times that its checkpoints carry.',
  );
  const byHand = { ...TABLE, boundByHandTo: { streamId: 2, streamName: 'orders' } };
  expect(bindingWords(byHand)).toBe('Bound to orders by hand.');
  const ambiguous = {
    ...TABLE,
    binding: { kind: 'ambiguous', reason: 'created-together', candidates: [] },
  } as const;
  expect(bindingWords(ambiguous)).toContain('created in the same second');
});

test('says what reading it takes of its capacity', () => {
  expect(scanWords(TABLE)).toBe('5.0 RCU in 5 s, 10 % of its 10 RCU/s');
  expect(scanWords({ ...TABLE, readCapacity: null })).toBe('5.0 RCU in 5 s; paid by request');
  expect(scanWords({ ...TABLE, scan: null })).toBe('not read yet');
});
