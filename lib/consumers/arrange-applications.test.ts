import { describe, expect, test } from 'vitest';
import { type ApplicationArrangement, arrangeApplications } from './arrange-applications.ts';
import { summariseApplications } from './summarise-applications.ts';
import { applicationLineOf, applicationSummaryOf } from './testing/application-line-of.ts';

const NOW = 105_000;
const LINES = [
  applicationLineOf({ applicationId: 1, name: 'reports-worker' }),
  applicationLineOf({
    applicationId: 2,
    name: 'quota-worker',
    streamName: 'orders',
    summary: applicationSummaryOf({
      status: 'STOP',
      lag: { kind: 'unknown', reason: 'seen-once' },
      backlogRecords: null,
    }),
  }),
  applicationLineOf({ applicationId: 3, name: 'archive', kind: 'firehose', summary: null }),
  applicationLineOf({
    applicationId: 4,
    name: 'trends-worker',
    summary: applicationSummaryOf({
      status: 'WARN',
      lag: { kind: 'interval', atLeastMs: 90_000, atMostMs: 99_000, asOfMs: 0, method: 'standing' },
      backlogRecords: 5_000,
    }),
  }),
];
const arranged = (change: Partial<ApplicationArrangement>) =>
  arrangeApplications(
    LINES,
    { search: '', health: null, kind: null, sort: 'status', direction: 'desc', ...change },
    NOW,
  ).map(({ applicationId }) => applicationId);

describe('consumers', () => {
  test('stand with the worst first, the unknown before the well', () => {
    expect(arranged({})).toEqual([2, 4, 3, 1]);
    expect(arranged({ direction: 'asc' })).toEqual([1, 3, 4, 2]);
  });

  test('are ordered by lag and backlog, what is not known last', () => {
    expect(arranged({ sort: 'lag' })).toEqual([4, 1, 3, 2]);
    expect(arranged({ sort: 'lag', direction: 'asc' }).slice(0, 2)).toEqual([1, 4]);
    expect(arranged({ sort: 'backlog' }).slice(0, 2)).toEqual([4, 1]);
    expect(arranged({ sort: 'name', direction: 'asc' })).toEqual([3, 2, 1, 4]);
  });

  test('are found by each word of name, kind, stream or status', () => {
    expect(arranged({ search: 'worker TWEETS' })).toEqual([4, 1]);
    expect(arranged({ search: 'firehose' })).toEqual([3]);
    expect(arranged({ search: 'stopped' })).toEqual([2]);
    expect(arranged({ search: 'nothing' })).toEqual([]);
  });

  test('are narrowed by health and kind', () => {
    expect(arranged({ health: 'critical' })).toEqual([2]);
    expect(arranged({ kind: 'firehose' })).toEqual([3]);
  });

  test('are unknown all together once their readings are old', () => {
    expect(
      arrangeApplications(
        LINES,
        { search: '', health: 'unknown', kind: null, sort: 'status', direction: 'desc' },
        NOW + 60_000,
      ),
    ).toHaveLength(4);
  });

  test('are summed up in a sentence', () => {
    expect(summariseApplications(LINES, NOW)).toBe(
      '1 consumer needs you (quota-worker), 1 to watch (trends-worker), 1 cannot be judged, 1 OK.',
    );
  });
});
