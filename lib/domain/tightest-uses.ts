import { SHARD_LIMITS } from './limits.ts';
import { SHARD_METRICS, type ShardMetric } from './shard-metric.ts';

/** Each limit by the metric that tells its use; as `shardUse` of throughput.ts has it. */
const RATE_MAX: readonly (readonly [metric: ShardMetric, perSecondMax: number])[] = [
  ['IncomingBytes', SHARD_LIMITS.writeBytesPerSecondMax],
  ['IncomingRecords', SHARD_LIMITS.writeRecordsPerSecondMax],
  ['OutgoingBytes', SHARD_LIMITS.readBytesPerSecondMax],
];

/**
 * Use of the tightest limit of each shard, by place; NaN where nothing is known. The same as `tightestLimit` of
 * each, without an object a shard: for those who look through thousands of shards over hundreds of periods.
 *
 * @param values of a frame's shards, in its layout
 */
export function tightestUses(values: Float32Array, periodSeconds: number): Float64Array {
  const count = values.length / SHARD_METRICS.length;
  const uses = new Float64Array(count).fill(Number.NaN);
  for (const [metric, perSecondMax] of RATE_MAX) {
    const first = SHARD_METRICS.indexOf(metric) * count;
    for (let place = 0; place < count; place += 1) {
      const use = (values[first + place] ?? Number.NaN) / periodSeconds / perSecondMax;
      // NaN is never greater: it gives way to a figure, and takes none away.
      if (use > (uses[place] ?? 0) || (!Number.isNaN(use) && Number.isNaN(uses[place]))) {
        uses[place] = use;
      }
    }
  }
  return uses;
}
