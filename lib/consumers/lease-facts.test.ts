import { expect, test } from 'vitest';
import { applicationFacts } from './application-facts.ts';
import { caughtUpWords, lossWords, paceWords } from './lease-facts.ts';
import { applicationLineOf, applicationSummaryOf } from './testing/application-line-of.ts';

const BEHIND = {
  kind: 'interval',
  atLeastMs: 90_000,
  atMostMs: 99_000,
  asOfMs: 0,
  method: 'checkpoint',
} as const;

test('says when a lease is caught up, and when it never is', () => {
  const at = (caughtUpInMs: number | null, pace: number | null, lag: typeof BEHIND) =>
    caughtUpWords({ caughtUpInMs, pace, lag } as Parameters<typeof caughtUpWords>[0]);
  expect(at(120_000, 2, BEHIND)).toBe('in 2 min');
  expect(at(null, 0.5, BEHIND)).toBe('never at this pace');
  expect(at(null, null, BEHIND)).toBeNull();
});

test('says when data is lost, and how fast records are worked off', () => {
  expect(lossWords(7_200_000)).toBe('in 2 h');
  expect(lossWords(0)).toBe('has begun');
  expect(lossWords(null)).toBeNull();
  expect(paceWords(0.42)).toBe('0.4 s a second');
  expect(paceWords(31.7)).toBe('32 s a second');
});

test('the facts of a consumer leave out what is not known', () => {
  const names = (summary: ReturnType<typeof applicationSummaryOf> | null) =>
    applicationFacts(applicationLineOf({ summary })).map(({ name }) => name);
  expect(names(null)).toEqual([]);
  expect(names(applicationSummaryOf({ backlogRecords: null }))).toEqual([
    'Trend',
    'Leases',
    'Workers',
  ]);
  expect(names(applicationSummaryOf({ lossInMs: 60_000, caughtUpInMs: 5_000 }))).toEqual([
    'Trend',
    'Backlog',
    'Caught up',
    'Data loss',
    'Leases',
    'Workers',
  ]);
});
