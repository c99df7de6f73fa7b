import { describe, expect, test } from 'vitest';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { advise } from './advise.ts';
import { ADVICE_SETTINGS, type AdviceFacts } from './facts.ts';
import type { Finding, FindingId, FindingOf } from './finding.ts';
import { sizing } from './rules/size.ts';
import {
  factsOf,
  historyOf,
  NOON_MS,
  peaksOf,
  presentOf,
  refusalsOf,
  shardLoadOf,
  shardWindowOf,
} from './testing/facts-of.ts';

const HOUR_MS = 3_600_000;

function find<Id extends FindingId>(facts: AdviceFacts, id: Id): FindingOf<Id> | undefined {
  return advise(facts).find((finding): finding is FindingOf<Id> => finding.id === id);
}

const idsOf = (findings: readonly Finding[]) => findings.map(({ id }) => id);

test('has nothing to say of a stream within its limits', () => {
  expect(advise(factsOf())).toEqual([]);
  expect(advise(factsOf({ history: historyOf() }))).toEqual([]);
});

test('says what needs a person now before what could be cheaper', () => {
  const findings = advise(
    factsOf({
      shardMetricsOn: false,
      present: presentOf({ throttledRecords: 6_000, iteratorAgeMs: 13 * HOUR_MS }),
    }),
  );
  expect(idsOf(findings)).toEqual(['lag-nears-retention', 'writes-throttled', 'shard-metrics-off']);
});

describe('retention against lag', () => {
  const behind = (hours: number, growthHoursPerHour: number | null = null) =>
    find(
      factsOf({
        present: presentOf({ iteratorAgeMs: hours * HOUR_MS }),
        history: historyOf({
          iteratorAgeGrowthMsPerHour:
            growthHoursPerHour === null ? null : growthHoursPerHour * HOUR_MS,
        }),
      }),
      'lag-nears-retention',
    );

  test('is critical past half of retention', () => {
    expect(behind(12)).toBeUndefined();
    expect(behind(12.1)).toMatchObject({ severity: 'critical', retentionMs: 24 * HOUR_MS });
  });

  test('reckons when data will be lost', () => {
    // 4 h behind of 24 h, and half an hour more each hour: 20 h / 0.5 = 40 h. At 1 h an hour: 20 h.
    expect(behind(4, 0.5)).toBeUndefined();
    expect(behind(4, 1)).toMatchObject({ severity: 'warning', lostInMs: 20 * HOUR_MS });
    expect(behind(4, -1)).toBeUndefined();
    expect(behind(13, -1)).toMatchObject({ severity: 'critical', lostInMs: null });
  });
});

describe('refused writes', () => {
  const refused = presentOf({ throttledRecords: 6_000 });
  const minutes = (throttledPeriods: number, throttledRun: number, lastMinutesAgo = 1) =>
    refusalsOf({
      throttledPeriods,
      throttledRun,
      throttledRecords: throttledPeriods * 6_000,
      lastThrottledAtMs: NOON_MS - lastMinutesAgo * 60_000,
    });
  const hotOne = [
    shardLoadOf(0, 0.2),
    shardLoadOf(1, 1, { throttledRecords: 90 }),
    shardLoadOf(2, 0.2, { throttledRecords: 10 }),
    shardLoadOf(3, 0.2),
  ];

  test('one bad minute is a burst: retries make it good', () => {
    const found = find(
      factsOf({ present: refused, history: historyOf({ refusals: minutes(1, 1) }) }),
      'writes-throttled',
    );
    expect(found).toMatchObject({ pattern: 'burst', throttledPeriods: 1, periods: 60 });
  });

  test('three minutes without a break, or a fifth of the hour, are sustained', () => {
    const patternOf = (...args: Parameters<typeof minutes>) =>
      find(
        factsOf({ present: refused, history: historyOf({ refusals: minutes(...args) }) }),
        'writes-throttled',
      )?.pattern;
    expect(patternOf(2, 2)).toBe('burst');
    expect(patternOf(3, 3)).toBe('sustained');
    expect(patternOf(11, 1)).toBe('burst');
    expect(patternOf(12, 1)).toBe('sustained');
  });

  test('what has been over for five minutes is a remark', () => {
    const found = find(
      factsOf({ history: historyOf({ refusals: minutes(20, 0, 6) }) }),
      'writes-throttled',
    );
    expect(found).toMatchObject({ pattern: 'over', severity: 'info', throttledRecords: 120_000 });
  });

  test('is as grave as health says: from 1 % of what was tried in the newest period', () => {
    // 60,000 accepted in the minute: 600 refused are 0.99 %, 607 are 1.0015 %.
    const severityOf = (throttledRecords: number) =>
      find(factsOf({ present: presentOf({ throttledRecords }) }), 'writes-throttled')?.severity;
    expect(severityOf(600)).toBe('warning');
    expect(severityOf(607)).toBe('critical');
  });

  test('finds the one shard that refuses most', () => {
    const found = find(
      factsOf({
        present: refused,
        history: historyOf({ refusals: minutes(60, 60), recentShards: shardWindowOf(hotOne) }),
      }),
      'writes-throttled',
    );
    expect(found).toMatchObject({
      spread: 'one-shard',
      shard: { shardId: 'shardId-000000000001', limit: 'writeBytes', use: 1 },
      shardShareOfThrottled: 0.9,
      throttledShardCount: 2,
      withinPeriod: false,
    });
  });

  test('sees that the whole stream is too small', () => {
    // Four shards take 4 MiB/s; 3.5 MiB/s are 87.5 % of it. With 30 %: 3.5 x 1.3 = 4.55, so 5 shards at least.
    const full = presentOf({ throttledRecords: 6_000, writeBytesPerSecond: 3.5 * MEBIBYTE });
    const found = find(factsOf({ present: full }), 'writes-throttled');
    expect(found).toMatchObject({
      spread: 'whole-stream',
      streamUse: 0.875,
      shardsNeededAtLeast: 5,
    });
  });

  test('does not guess which shard it is where shards have no metrics', () => {
    const found = find(
      factsOf({ present: refused, hottest: null, shardMetricsOn: false }),
      'writes-throttled',
    );
    expect(found).toMatchObject({ spread: 'unknown', shard: null, pattern: 'unknown' });
  });

  test('sees that refusals lie within seconds of a quiet period', () => {
    const quiet = hotOne.map((shard) => ({ ...shard, peak: { ...shard.peak, writeBytes: 0.3 } }));
    const found = find(
      factsOf({
        present: refused,
        history: historyOf({ refusals: minutes(60, 60), recentShards: shardWindowOf(quiet) }),
      }),
      'writes-throttled',
    );
    // Records are at half of what bytes were: 0.5 of 1,000 a second, on average of the minute.
    expect(found).toMatchObject({ withinPeriod: true, shard: { limit: 'writeRecords', use: 0.5 } });
  });
});

describe('refused reads', () => {
  const reading = (readBytes: number) =>
    find(
      factsOf({
        present: presentOf({ throttledReadCalls: 12 }),
        history: historyOf({
          refusals: refusalsOf({ throttledReadCalls: 700, throttledReadPeriods: 60 }),
          recentShards: shardWindowOf([
            shardLoadOf(0, 0.9),
            shardLoadOf(1, 0.1, {
              throttledReadCalls: 700,
              peak: { writeBytes: 0.1, writeRecords: 0.1, readBytes },
            }),
          ]),
        }),
      }),
      'reads-throttled',
    );

  test('5 calls/s bind where bytes are far from 2 MiB/s', () => {
    expect(reading(0.05)).toMatchObject({
      bound: 'calls',
      throttledReadCalls: 700,
      shard: { shardId: 'shardId-000000000001', readBytesUse: 0.05 },
    });
  });

  test('2 MiB/s bind where they are used up', () => {
    expect(reading(0.98)).toMatchObject({ bound: 'bytes' });
  });

  test('that are over are told of where they came again and again', () => {
    const over = (throttledReadPeriods: number) =>
      find(
        factsOf({
          history: historyOf({
            refusals: refusalsOf({ throttledReadCalls: 9, throttledReadPeriods }),
          }),
        }),
        'reads-throttled',
      );
    // 3 of 60 periods are 5 %.
    expect(over(2)).toBeUndefined();
    expect(over(3)).toMatchObject({ severity: 'info', bound: 'unknown' });
  });

  test('cannot be told apart without OutgoingBytes of shards', () => {
    expect(reading(Number.NaN)).toMatchObject({ bound: 'unknown', shard: null });
  });
});

describe('size', () => {
  test('of the present and of the highest load on record', () => {
    // Now 1 MiB/s, at the peak 5 MiB/s: ceil(1.3) = 2 and ceil(6.5) = 7 of 4 open ones.
    const facts = factsOf({ history: historyOf({ peaks: peaksOf({ writeBytes: 5 * MEBIBYTE }) }) });
    expect(sizing(facts, ADVICE_SETTINGS)).toMatchObject({
      openShardCount: 4,
      present: { shards: 2 },
      peak: { shards: 7, limit: 'writeBytes' },
      isLeast: false,
    });
    expect(find(facts, 'too-few-shards')).toMatchObject({ severity: 'warning', openShardCount: 4 });
  });

  test('follows the headroom that a person sets', () => {
    const facts = factsOf({
      history: historyOf({ peaks: peaksOf({ writeBytes: 3.5 * MEBIBYTE }) }),
    });
    expect(idsOf(advise(facts, { ...ADVICE_SETTINGS, headroom: 0.3 }))).toEqual(['too-few-shards']);
    expect(idsOf(advise(facts, { ...ADVICE_SETTINGS, headroom: 0.1 }))).toEqual([]);
  });

  test('tells what shards that nobody needs cost', () => {
    // 20 open, 3 needed at the peak: 17 x $0.015 x 730 h = $186.15 a month.
    const facts = factsOf({ openShardCount: 20, history: historyOf() });
    const found = find(facts, 'too-many-shards');
    expect(found?.savedDollarsPerMonth).toBeCloseTo(186.15, 6);
  });

  test('does not call shards too many by less than a day of history', () => {
    const peaks = { ...peaksOf(), sinceMs: NOON_MS - 23 * HOUR_MS };
    expect(advise(factsOf({ openShardCount: 20, history: historyOf({ peaks }) }))).toEqual([]);
  });

  test('is no matter of on-demand streams', () => {
    const facts = factsOf({ mode: 'ON_DEMAND', openShardCount: 20, history: historyOf() });
    expect(advise(facts)).toEqual([]);
  });
});

describe('balance', () => {
  const withShards = (shards: Parameters<typeof shardWindowOf>[0]) =>
    factsOf({ history: historyOf({ recentShards: shardWindowOf(shards) }) });

  test('compares the hottest with the mean', () => {
    // Mean of 0.8, 0.1, 0.1, 0.2 is 0.3: 2.67 times.
    const found = find(
      withShards([0.8, 0.1, 0.1, 0.2].map((use, i) => shardLoadOf(i, use))),
      'load-uneven',
    );
    expect(found).toMatchObject({
      severity: 'warning',
      hottest: { shardId: 'shardId-000000000000', use: 0.8 },
      evenness: { words: 'uneven' },
    });
    expect(found?.meanUse).toBeCloseTo(0.3, 12);
    expect(found?.evenness.maxToMean).toBeCloseTo(2.667, 3);
  });

  test('leaves alone what is idle', () => {
    expect(advise(withShards([0.2, 0, 0, 0].map((use, i) => shardLoadOf(i, use))))).toEqual([]);
  });

  test('of ranges: the widest, where it is busy', () => {
    const wide = (use: number) =>
      withShards([
        shardLoadOf(0, use, { rangeShare: 0.7 }),
        shardLoadOf(1, 0.3, { rangeShare: 0.15 }),
        shardLoadOf(2, 0.3, { rangeShare: 0.15 }),
      ]);
    // Mean 1/3: 0.7 is 2.1 times.
    expect(find(wide(0.5), 'ranges-uneven')).toMatchObject({
      widest: { shardId: 'shardId-000000000000', rangeShare: 0.7 },
    });
    expect(find(wide(0.1), 'ranges-uneven')).toBeUndefined();
  });
});

describe('cold neighbours', () => {
  const window = (shards: Parameters<typeof shardWindowOf>[0]) =>
    factsOf({ history: historyOf({ dayShards: shardWindowOf(shards) }) });
  const cold = [0.6, 0.1, 0.1, 0.6].map((use, i) => shardLoadOf(i, use));

  test('would be one shard, and save its price', () => {
    // One shard less: $0.015 x 730 h = $10.95 a month.
    const found = find(window(cold), 'cold-neighbours');
    expect(found?.pairs.map(({ shardIds }) => shardIds)).toEqual([
      ['shardId-000000000001', 'shardId-000000000002'],
    ]);
    expect(found?.savedDollarsPerMonth).toBeCloseTo(10.95, 6);
  });

  test('are not told of shards that are younger than the window', () => {
    const [a, b, c, d] = cold;
    if (!a || !b || !c || !d) throw new Error('four shards');
    expect(advise(window([a, { ...b, periods: 50 }, c, d]))).toEqual([]);
  });

  test('are not told of by a few minutes', () => {
    const short = { ...shardWindowOf(cold), fromMs: NOON_MS - 10 * 60_000 };
    expect(advise(factsOf({ history: historyOf({ dayShards: short }) }))).toEqual([]);
  });
});

describe('growth of an on-demand stream', () => {
  const growing = (mebibytes: number, peakMebibytes: number) =>
    find(
      factsOf({
        mode: 'ON_DEMAND',
        present: presentOf({ writeBytesPerSecond: mebibytes * MEBIBYTE }),
        history: historyOf({ peaksBefore: peaksOf({ writeBytes: peakMebibytes * MEBIBYTE }) }),
      }),
      'on-demand-growth',
    );

  test('past twice the highest of 30 days may be refused', () => {
    // Highest before 10 MiB/s: it takes 20.
    expect(growing(14, 10)).toBeUndefined();
    expect(growing(16, 10)).toMatchObject({ severity: 'info', capacityPerSecond: 20 * MEBIBYTE });
    expect(growing(21, 10)).toMatchObject({ severity: 'warning', limit: 'writeBytes' });
  });

  test('a new stream takes 4 MiB/s whatever it did before', () => {
    expect(growing(2.9, 0.1)).toBeUndefined();
    expect(growing(3.1, 0.1)).toMatchObject({ severity: 'info', capacityPerSecond: 4 * MEBIBYTE });
  });
});
