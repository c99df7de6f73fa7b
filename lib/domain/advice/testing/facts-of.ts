import type {
  AdviceFacts,
  History,
  Peaks,
  Present,
  Refusals,
  ShardLoad,
} from '#lib/domain/advice/facts.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';

const MINUTE_MS = 60_000;

/** Noon of some day: the newest minute begins a minute before. */
export const NOON_MS = Date.UTC(2026, 10, 23, 12);

/** A provisioned stream of four shards that does 1 MiB/s and 1,000 records/s, a quarter of what it may. */
export function factsOf(change: Partial<AdviceFacts> = {}): AdviceFacts {
  return {
    mode: 'PROVISIONED',
    status: 'ACTIVE',
    openShardCount: 4,
    consumerCount: 0,
    retentionHours: 24,
    shardMetricsOn: true,
    present: presentOf(),
    hottest: { shardId: 'shardId-000000000001', limit: 'writeBytes', use: 0.25 },
    refusingShardIds: [],
    history: null,
    ...change,
  };
}

export function presentOf(change: Partial<Present> = {}): Present {
  return {
    startMs: NOON_MS - MINUTE_MS,
    periodSeconds: 60,
    writeBytesPerSecond: MEBIBYTE,
    writeRecordsPerSecond: 1_000,
    readBytesPerSecond: MEBIBYTE,
    throttledRecords: 0,
    throttledReadCalls: 0,
    iteratorAgeMs: 0,
    ...change,
  };
}

export function historyOf(change: Partial<History> = {}): History {
  return {
    refusals: refusalsOf(),
    iteratorAgeGrowthMsPerHour: null,
    recentShards: null,
    dayShards: null,
    peaks: peaksOf(),
    peaksBefore: null,
    ...change,
  };
}

/** An hour of minutes without a refusal: 60 x 60 s x 1,000 records/s. */
export function refusalsOf(change: Partial<Refusals> = {}): Refusals {
  return {
    fromMs: NOON_MS - 60 * MINUTE_MS,
    toMs: NOON_MS,
    periodSeconds: 60,
    periods: 60,
    acceptedRecords: 3_600_000,
    throttledRecords: 0,
    throttledPeriods: 0,
    throttledRun: 0,
    lastThrottledAtMs: null,
    throttledReadCalls: 0,
    throttledReadPeriods: 0,
    ...change,
  };
}

/** An hour in which 400,000 records were refused, in so many periods on end up to a minute ago. */
export function refusedIn(throttledPeriods: number): Refusals {
  return refusalsOf({
    throttledPeriods,
    throttledRun: throttledPeriods,
    throttledRecords: 400_000,
    lastThrottledAtMs: NOON_MS - MINUTE_MS,
  });
}

/** Peaks of two days: 1.8 MiB/s, for which three shards are needed with 30 % above. */
export function peaksOf(
  perSecond: { readonly writeBytes?: number; readonly writeRecords?: number } = {},
): Peaks {
  const peak = (value: number) => ({
    perSecond: value,
    startMs: NOON_MS - 20 * 3_600_000,
    periodSeconds: 60,
  });
  return {
    sinceMs: NOON_MS - 48 * 3_600_000,
    untilMs: NOON_MS,
    writeBytes: peak(perSecond.writeBytes ?? 1.8 * MEBIBYTE),
    writeRecords: peak(perSecond.writeRecords ?? 1_000),
    readBytes: peak(MEBIBYTE),
  };
}

/** A shard of a quarter of the ring, by its use of the write limits; it is read as fast as it is written. */
export function shardLoadOf(
  index: number,
  use: number,
  change: Partial<ShardLoad> = {},
): ShardLoad {
  const limits = { writeBytes: use, writeRecords: use / 2, readBytes: use / 2 };
  return {
    shardId: `shardId-00000000000${index}`,
    rangeShare: 0.25,
    periods: 60,
    mean: limits,
    peak: limits,
    throttledRecords: 0,
    throttledReadCalls: 0,
    ...change,
  };
}

export function shardWindowOf(shards: readonly ShardLoad[]) {
  return { fromMs: NOON_MS - 60 * MINUTE_MS, toMs: NOON_MS, periodSeconds: 60, shards };
}

/** Four shards: 3 is at its limit and refuses, of 4 a tenth of that is refused, 0 and 5 have room. */
export function hotShards() {
  return shardWindowOf([
    shardLoadOf(0, 0.2),
    shardLoadOf(3, 1, { throttledRecords: 900 }),
    shardLoadOf(4, 0.2, { throttledRecords: 100 }),
    shardLoadOf(5, 0.2),
  ]);
}
