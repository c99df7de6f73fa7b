import { expect, test } from 'vitest';
import { refusalsTold } from './refusals-told.ts';
import { emptyHistory } from './stream-history.ts';
import { historyOf } from './testing/history-of.ts';

const RECORDS = { unit: 'records' } as const;

test('nothing refused is told from nothing known, of the stream and of a shard', () => {
  const told = historyOf(3, (i) => [i === 1 ? 0 : null, null]);
  expect(refusalsTold(told, RECORDS, null)).toBe(true);
  expect(refusalsTold(told, RECORDS, 'shardId-000000000003')).toBe(true);
  expect(refusalsTold(told, RECORDS, 'shardId-000000000007')).toBe(false);
  expect(refusalsTold(told, RECORDS, 'shardId-000000000009')).toBe(false);
});

test('records and calls are told apart', () => {
  const base = historyOf(2);
  const silent = { ...base, stream: { ...base.stream, readThrottledCalls: [null, null] } };
  expect(refusalsTold(silent, { unit: 'calls' }, null)).toBe(false);
  expect(refusalsTold(silent, RECORDS, null)).toBe(true);
  expect(refusalsTold(emptyHistory(1, 5), RECORDS, null)).toBe(false);
});
