import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

/** How much of what its open shards take and give together a stream uses, 0 .. 1 and beyond; null: unknown. */
export type StreamLimitUse = {
  readonly bytesIn: number | null;
  readonly recordsIn: number | null;
  readonly bytesOut: number | null;
};

export function streamLimitUse({ rates, openShardCount }: StreamRow): StreamLimitUse {
  const share = (rate: number | null | undefined, ofOneShard: number) =>
    rate == null || openShardCount === 0 ? null : rate / (ofOneShard * openShardCount);
  return {
    bytesIn: share(rates?.incomingBytesPerSecond, SHARD_LIMITS.writeBytesPerSecondMax),
    recordsIn: share(rates?.incomingRecordsPerSecond, SHARD_LIMITS.writeRecordsPerSecondMax),
    bytesOut: share(rates?.outgoingBytesPerSecond, SHARD_LIMITS.readBytesPerSecondMax),
  };
}
