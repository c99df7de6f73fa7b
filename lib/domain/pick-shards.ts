import { emptyShardValues, type Frame, shardValue } from './frame.ts';
import { SHARD_METRICS } from './shard-metric.ts';

/** The values of the shards at `places` only, in the layout of a frame that has no others. */
export function pickShards(frame: Frame, places: readonly number[]): Float32Array {
  if (frame.shards.length === 0) return new Float32Array();
  const picked = emptyShardValues(places.length);
  for (const [m, metric] of SHARD_METRICS.entries()) {
    for (const [i, place] of places.entries()) {
      picked[m * places.length + i] = shardValue(frame, metric, place);
    }
  }
  return picked;
}
