import type { ShardLoad } from '#lib/domain/advice/facts.ts';
import { HASH_KEY_SPACE } from '#lib/domain/hash-key.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { SHARD_METRICS, type ShardMetric } from '#lib/domain/shard-metric.ts';
import type { Limit, ShardUse } from '#lib/domain/throughput.ts';
import type { ShardRow } from '#lib/live/stream-detail.ts';

/** The values of all shards that were open in one topology, in one period; none where metrics were off. */
export type ShardValues = { readonly topologyId: number; readonly values: Float32Array };

const LIMIT_METRICS: readonly (readonly [Limit, ShardMetric, number])[] = [
  ['writeBytes', 'IncomingBytes', SHARD_LIMITS.writeBytesPerSecondMax],
  ['writeRecords', 'IncomingRecords', SHARD_LIMITS.writeRecordsPerSecondMax],
  ['readBytes', 'OutgoingBytes', SHARD_LIMITS.readBytesPerSecondMax],
];

type Sums = {
  periods: number;
  readonly total: { [L in Limit]: number };
  readonly peak: { [L in Limit]: number };
  throttledRecords: number;
  throttledReadCalls: number;
};

/**
 * What each shard that is open now did over frames of one length. In a frame that has shard values, a metric that is
 * on and has no datapoint means that nothing was tried; one that is off means that nothing is known.
 * @param open the shards that are open now, in range order
 * @param openShardIds of each topology, in the order of its frames' columns
 */
export function shardLoads(args: {
  readonly open: readonly ShardRow[];
  readonly openShardIds: ReadonlyMap<number, readonly string[]>;
  readonly frames: readonly ShardValues[];
  readonly periodSeconds: number;
  readonly metricsOn: ReadonlySet<string>;
}): readonly ShardLoad[] {
  const sums = new Map<string, Sums>(args.open.map(({ shardId }) => [shardId, noSums()]));
  for (const { topologyId, values } of args.frames) {
    const ids = args.openShardIds.get(topologyId) ?? [];
    if (values.length !== ids.length * SHARD_METRICS.length) continue;
    for (const [place, shardId] of ids.entries()) {
      const sum = sums.get(shardId);
      if (sum !== undefined) add(sum, values, place, ids.length);
    }
  }
  const seconds = args.periodSeconds;
  return args.open.map((shard) => {
    const sum = sums.get(shard.shardId) ?? noSums();
    const uses = (of: (limit: Limit) => number): ShardUse => {
      const use = { writeBytes: Number.NaN, writeRecords: Number.NaN, readBytes: Number.NaN };
      for (const [limit, metric, perSecondMax] of LIMIT_METRICS) {
        const isKnown = args.metricsOn.has(metric) && sum.periods > 0;
        if (isKnown) use[limit] = of(limit) / (seconds * perSecondMax);
      }
      return use;
    };
    return {
      shardId: shard.shardId,
      rangeShare: rangeShareOf(shard),
      periods: sum.periods,
      mean: uses((limit) => sum.total[limit] / sum.periods),
      peak: uses((limit) => sum.peak[limit]),
      throttledRecords: sum.throttledRecords,
      throttledReadCalls: sum.throttledReadCalls,
    };
  });
}

function noSums(): Sums {
  return {
    periods: 0,
    total: { writeBytes: 0, writeRecords: 0, readBytes: 0 },
    peak: { writeBytes: 0, writeRecords: 0, readBytes: 0 },
    throttledRecords: 0,
    throttledReadCalls: 0,
  };
}

function add(sum: Sums, values: Float32Array, place: number, shardCount: number): void {
  const read = (metric: ShardMetric) => {
    const value = values[SHARD_METRICS.indexOf(metric) * shardCount + place] ?? Number.NaN;
    return Number.isNaN(value) ? 0 : value;
  };
  sum.periods += 1;
  for (const [limit, metric] of LIMIT_METRICS) {
    const value = read(metric);
    sum.total[limit] += value;
    sum.peak[limit] = Math.max(sum.peak[limit], value);
  }
  sum.throttledRecords += read('WriteProvisionedThroughputExceeded');
  sum.throttledReadCalls += read('ReadProvisionedThroughputExceeded');
}

/** To nine digits: what a person reads of it, and no more than a double holds. */
function rangeShareOf({ startingHashKey, endingHashKey }: ShardRow): number {
  const width = BigInt(endingHashKey) - BigInt(startingHashKey) + 1n;
  return Number((width * 1_000_000_000n) / HASH_KEY_SPACE) / 1_000_000_000;
}
