import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HealthLevel } from '#lib/domain/health.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { streamRatesOf, streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import { freshnessOf, healthNow, whyStale } from './judge-row.ts';
import { matchesSearch } from './match-row.ts';
import { type JudgedRow, orderRows, STREAM_SORTS } from './row-order.ts';
import { summarise } from './summarise.ts';

const now = Date.UTC(2026, 10, 23, 12, 0, 0);
let nextId = 1;

type Changes = Partial<StreamRow> & { readonly use?: number; readonly bytesIn?: number | null };

function rowOf({ use, bytesIn = 0, ...changes }: Changes): StreamRow {
  const streamName = changes.streamName ?? 'tweets';
  return streamRowOf({
    streamId: nextId++,
    connection: 'demo',
    streamName,
    createdAtMs: now - 86_400_000,
    openShardCount: 4,
    collection: { collectedAtMs: now - 2_000, cadenceSeconds: 5, failure: null },
    period: { startMs: now - 10_000, seconds: 5 },
    rates: streamRatesOf({
      incomingBytesPerSecond: bytesIn,
      incomingRecordsPerSecond: 0,
      outgoingBytesPerSecond: 0,
      outgoingRecordsPerSecond: 0,
    }),
    hottest:
      use === undefined ? null : { shardId: 'shardId-000000000001', limit: 'writeBytes', use },
    ...changes,
  });
}

const judged = (row: StreamRow, at = now): JudgedRow => ({ row, fresh: freshnessOf(row, at) });
const health = (level: HealthLevel, reason = `${level}.`) => ({ health: { level, reason } });
const names = (rows: readonly JudgedRow[]) => rows.map(({ row }) => row.streamName);

describe('healthNow', () => {
  test('is what the server judged while the figures are fresh', () => {
    const row = rowOf(health('critical', '812 records refused in 5 s.'));
    expect(healthNow(row, freshnessOf(row, now))).toEqual(row.health);
  });

  test('is unknown once two cadences have passed, though no event came', () => {
    const row = rowOf(health('ok'));
    expect(healthNow(row, freshnessOf(row, now + 8_001))).toEqual({
      level: 'unknown',
      reason: 'The last figures are of 11:59:50–11:59:55 UTC.',
    });
  });

  test('says why the last reading failed', () => {
    const failure = { sinceMs: now - 1_000, message: 'AWS refused the call. Check the role.' };
    const row = rowOf({
      collection: { collectedAtMs: now - 2_000, cadenceSeconds: 5, failure },
    });
    expect(healthNow(row, freshnessOf(row, now)).reason).toBe(failure.message);
  });
});

test('a stream that is being deleted stays so, though its figures are old; why they are is told apart', () => {
  const row = rowOf({ status: 'DELETING', ...health('warning', 'Being deleted.') });
  expect(healthNow(row, freshnessOf(row, now + 60_000))).toEqual(row.health);
  expect(whyStale(row)).toBe('The last figures are of 11:59:50–11:59:55 UTC.');
});

describe('orderRows', () => {
  test('health: the worst first, unknown above ok, hotter steps first', () => {
    const rows = [
      rowOf({ streamName: 'calm', use: 0.1 }),
      rowOf({ streamName: 'warm', use: 0.7 }),
      rowOf({ streamName: 'silent', ...health('unknown') }),
      rowOf({ streamName: 'refusing', ...health('critical') }),
      rowOf({ streamName: 'hot', use: 0.9, ...health('warning') }),
    ].map((row) => judged(row));
    expect(names(orderRows(rows, 'health', 'desc'))).toEqual([
      'refusing',
      'hot',
      'silent',
      'warm',
      'calm',
    ]);
  });

  test('health: streams within one step of use keep their order by name', () => {
    const rows = [rowOf({ streamName: 'b', use: 0.19 }), rowOf({ streamName: 'a', use: 0.01 })].map(
      (row) => judged(row),
    );
    expect(names(orderRows(rows, 'health', 'desc'))).toEqual(['a', 'b']);
  });

  test.each(['asc', 'desc'] as const)('a missing figure stands last (%s)', (direction) => {
    const rows = [
      rowOf({ streamName: 'unknown', bytesIn: null }),
      rowOf({ streamName: 'idle', bytesIn: 0 }),
      rowOf({ streamName: 'busy', bytesIn: 5 }),
    ].map((row) => judged(row));
    expect(names(orderRows(rows, 'bytes-in', direction))).toEqual(
      direction === 'asc' ? ['idle', 'busy', 'unknown'] : ['busy', 'idle', 'unknown'],
    );
  });

  test('is a total order: the order in which rows come does not matter', () => {
    const level = fc.constantFrom<HealthLevel>('ok', 'warning', 'critical', 'unknown');
    const row = fc.record({
      streamName: fc.constantFrom('a', 'b', 'c'),
      use: fc.double({ min: 0, max: 2, noNaN: true }),
      bytesIn: fc.option(fc.nat(3)),
      level,
    });
    const rows = fc
      .array(row, { maxLength: 12 })
      .map((all) => all.map(({ level: l, ...r }) => judged(rowOf({ ...r, ...health(l) }))));
    fc.assert(
      fc.property(rows, fc.constantFrom(...STREAM_SORTS), (all, sort) => {
        const once = orderRows(all, sort, 'desc');
        expect(orderRows([...all].reverse(), sort, 'desc')).toEqual(once);
      }),
    );
  });
});

describe('matchesSearch', () => {
  const row = rowOf({ streamName: 'Orders.v1', mode: 'ON_DEMAND', connection: 'prod' });
  test.each(['', 'orders', 'v1 prod', 'on-demand', 'EU-WEST-1', ' orders '])(
    '"%s" does',
    (text) => {
      expect(matchesSearch(row, text)).toBe(true);
    },
  );
  test.each(['tweets', 'orders provisioned'])('"%s" does not', (text) => {
    expect(matchesSearch(row, text)).toBe(false);
  });
});

describe('summarise', () => {
  test('names the worst with the reason, and counts the others', () => {
    const rows = [
      rowOf({
        streamName: 'tweets',
        ...health('critical', '812 records refused in 5 s; hottest is shardId-000000000007.'),
      }),
      rowOf({ streamName: 'orders', ...health('warning') }),
      rowOf({ streamName: 'b' }),
      rowOf({ streamName: 'c' }),
    ].map((row) => judged(row));
    const summary = summarise(rows, 2, 0);
    expect(summary).toMatchObject({
      level: 'critical',
      lead: '1 stream needs you',
      more: 0,
      others: ['1 to watch', '2 within limits'],
    });
    expect(summary?.worst.map((w) => [w.row.streamName, w.reason])).toEqual([
      ['tweets', '812 records refused in 5 s; hottest is shard\u00a0…\u20600007'],
    ]);
  });

  test('names at most so many, and says how many more there are', () => {
    const rows = ['a', 'b', 'c'].map((streamName) =>
      judged(rowOf({ streamName, ...health('warning') })),
    );
    expect(summarise(rows, 2, 0)).toMatchObject({ lead: '3 streams to watch', more: 1 });
  });

  test('says a reason that several share once, after the last of them', () => {
    const failed = 'AWS refused the call.';
    const rows = ['a', 'b'].map((streamName) =>
      judged(rowOf({ streamName, ...health('unknown', failed) })),
    );
    expect(summarise(rows, 2, 0)?.worst.map(({ reason }) => reason)).toEqual([
      null,
      'AWS refused the call',
    ]);
    const apart = ['a', 'b'].map((streamName) =>
      judged(rowOf({ streamName, ...health('unknown', `No answer for ${streamName}.`) })),
    );
    expect(summarise(apart, 2, 0)?.worst.map(({ reason }) => reason)).toEqual([
      'No answer for a',
      'No answer for b',
    ]);
  });

  test('says that nothing is known where nothing is, not that all is well', () => {
    const rows = [judged(rowOf({}), now + 60_000), judged(rowOf({}), now + 60_000)];
    expect(summarise(rows, 1, 0)).toMatchObject({
      level: 'unknown',
      lead: 'None of the 2 streams can be judged',
    });
  });

  test('says that all is well, and nothing of no streams', () => {
    expect(summarise([judged(rowOf({}))], 2, 0)?.lead).toBe('The one stream is within its limits');
  });

  test('claims nothing of streams that cannot be described, and counts them', () => {
    expect(summarise([judged(rowOf({}))], 2, 1)).toMatchObject({
      lead: 'The one stream that can be read is within its limits',
      others: ['1 not readable'],
    });
    expect(
      summarise(
        [rowOf({}), rowOf({})].map((row) => judged(row)),
        2,
        3,
      )?.lead,
    ).toBe('All 2 streams that can be read are within their limits');
    expect(summarise([], 2, 0)).toBeNull();
  });
});
