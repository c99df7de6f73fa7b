import { expect, test } from 'vitest';
import { type CollectionState, freshness, wasReadSinceFailure } from './freshness.ts';

const READ: CollectionState = { collectedAtMs: 1_000_000, cadenceSeconds: 5, failure: null };

test('figures are fresh for two cadences after they were read, and stale from then on', () => {
  expect(freshness(READ, 1_000_000)).toBe('fresh');
  expect(freshness(READ, 1_010_000)).toBe('fresh');
  expect(freshness(READ, 1_010_001)).toBe('stale');
});

test('a failed try makes them stale at once: they may be wrong already', () => {
  const failed = { ...READ, failure: { sinceMs: 1_000_500, message: 'no answer' } };
  expect(freshness(failed, 1_000_600)).toBe('stale');
});

test('what was never read is unknown, failed or not', () => {
  const never = { ...READ, collectedAtMs: null };
  expect(freshness(never, 1_000_000)).toBe('unknown');
  expect(freshness({ ...never, failure: { sinceMs: 1, message: 'no answer' } }, 2)).toBe('unknown');
});

test.each([
  ['a cadence and more before they were read', 994_999, true],
  ['just before they were read: clocks differ', 995_000, false],
  ['after they were read', 1_000_500, false],
])('a failure that began %s', (_, sinceMs, expected) => {
  expect(wasReadSinceFailure({ ...READ, failure: { sinceMs, message: 'no answer' } })).toBe(
    expected,
  );
});

test('nothing was read since a failure where nothing fails, or nothing was read', () => {
  expect(wasReadSinceFailure(READ)).toBe(false);
  const failure = { sinceMs: 1, message: 'no answer' };
  expect(wasReadSinceFailure({ ...READ, collectedAtMs: null, failure })).toBe(false);
});
