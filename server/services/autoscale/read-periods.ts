import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { RecordedPeriod } from '#lib/domain/reshard/autoscale/look-back.ts';
import { writeUse } from '#lib/domain/reshard/load/write-rate.ts';
import { combineStreamValues } from '#lib/domain/roll-up.ts';
import { SHARD_METRICS, STREAM_METRICS, type StreamMetric } from '#lib/domain/shard-metric.ts';
import type { Database } from '#server/db/client.ts';
import {
  type HistoryWindow,
  readShardValues,
  readStreamValues,
} from '#server/db/read/history-frames.ts';
import type { StoredTier } from '#server/db/read/history-tiers.ts';

/** Shard values that are looked through for the busiest: of a wide stream each n-th period is. */
const VALUES_MAX = 1_000_000;

/** Decisions are made by periods of a minute, as CloudWatch has them: shorter ones make peaks of bursts. */
const PERIOD_SECONDS_MIN = 60;

/** The tiers that policies decide by: shorter periods only while there are no others. */
export function decisionTiers(tiers: readonly StoredTier[]): readonly StoredTier[] {
  const long = tiers.filter(({ periodSeconds }) => periodSeconds >= PERIOD_SECONDS_MIN);
  return long.length > 0 ? long : tiers;
}

/** What was recorded of a stream in a window, oldest first. */
export async function readRecordedPeriods(
  database: Database,
  window: HistoryWindow,
): Promise<readonly RecordedPeriod[]> {
  const parts = await readStreamValues(database, window);
  const columns = parts.reduce((sum, part) => sum + part.openShardCount * SHARD_METRICS.length, 0);
  const stride = Math.max(1, Math.ceil(columns / VALUES_MAX));
  const busiest = new Map<number, number>();
  for (const { periodStartMs, values } of await readShardValues(database, window, stride)) {
    const use = busiestOf(values, window.periodSeconds);
    if (use !== null) {
      busiest.set(periodStartMs, Math.max(busiest.get(periodStartMs) ?? 0, use));
    }
  }
  return [...Map.groupBy(parts, ({ periodStartMs }) => periodStartMs)].map(([startMs, ofPeriod]) =>
    recordedPeriod({
      startMs,
      periodSeconds: window.periodSeconds,
      // Where the topology changed inside it, the one in force at its end.
      openShardCount: ofPeriod.at(-1)?.openShardCount ?? 0,
      values: combineStreamValues(ofPeriod.map(({ values }) => values)),
      busiestUse: busiest.get(startMs) ?? null,
    }),
  );
}

function recordedPeriod(args: {
  readonly startMs: number;
  readonly periodSeconds: number;
  readonly openShardCount: number;
  readonly values: Float32Array;
  readonly busiestUse: number | null;
}): RecordedPeriod {
  const { startMs, periodSeconds, openShardCount, values, busiestUse } = args;
  const sumOf = (metric: StreamMetric) => {
    const value = values[STREAM_METRICS.indexOf(metric)] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  };
  const bytes = sumOf('IncomingBytes');
  const records = sumOf('IncomingRecords');
  const refused = sumOf('WriteProvisionedThroughputExceeded') ?? 0;
  const tried = (records ?? 0) + refused;
  const load =
    bytes === null && records === null
      ? null
      : writeUse({
          bytesPerSecond: (bytes ?? 0) / periodSeconds,
          recordsPerSecond: (records ?? 0) / periodSeconds,
        });
  // Refused records are taken to be as long as the others are; where all were refused, their number is all there is.
  const triedShards =
    records === null || records === 0
      ? refused / periodSeconds / SHARD_LIMITS.writeRecordsPerSecondMax
      : ((load ?? 0) * tried) / records;
  return {
    startMs,
    periodSeconds,
    openShardCount,
    loadShards: load,
    triedShards: load === null && refused === 0 ? null : triedShards,
    busiestUse,
    refused: refused > 0,
    // Nobody who reads by GetRecords has no datapoint: nobody is behind.
    lagMs: sumOf('GetRecords.IteratorAgeMilliseconds') ?? 0,
  };
}

/** Write use of the busiest shard; null where a frame has no shard values. */
function busiestOf(values: Float32Array, periodSeconds: number): number | null {
  const shards = values.length / SHARD_METRICS.length;
  if (shards < 1) return null;
  const bytesAt = SHARD_METRICS.indexOf('IncomingBytes') * shards;
  const recordsAt = SHARD_METRICS.indexOf('IncomingRecords') * shards;
  let bytes = Number.NaN;
  let records = Number.NaN;
  for (let i = 0; i < shards; i += 1) {
    bytes = larger(bytes, values[bytesAt + i] ?? Number.NaN);
    records = larger(records, values[recordsAt + i] ?? Number.NaN);
  }
  if (Number.isNaN(bytes) && Number.isNaN(records)) return null;
  return writeUse({
    bytesPerSecond: (Number.isNaN(bytes) ? 0 : bytes) / periodSeconds,
    recordsPerSecond: (Number.isNaN(records) ? 0 : records) / periodSeconds,
  });
}

/** NaN, "no datapoint", gives way to a figure. */
function larger(most: number, value: number): number {
  return value > most || Number.isNaN(most) ? value : most;
}
