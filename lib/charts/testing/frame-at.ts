import {
  emptyShardValues,
  emptyStreamValues,
  type Frame,
  shardValueIndex,
} from '#lib/domain/frame.ts';

/** A frame of topology 1 with two open shards: 500 B into the stream, half of it and 7 refusals on the first. */
export function frameAt(periodStartMs: number, periodSeconds = 5): Frame {
  const stream = emptyStreamValues();
  stream[0] = 500;
  const shards = emptyShardValues(2);
  shards[shardValueIndex('IncomingBytes', 0, 2)] = 250;
  shards[shardValueIndex('WriteProvisionedThroughputExceeded', 0, 2)] = 7;
  return {
    periodStartMs,
    periodSeconds,
    topologyId: 1,
    collectedAtMs: periodStartMs + 6_000,
    stream,
    shards,
  };
}
