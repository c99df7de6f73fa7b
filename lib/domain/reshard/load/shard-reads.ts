import { SHARD_LIMITS } from '#lib/domain/limits.ts';

/**
 * What is read of a shard by GetRecords, which its readers share. Calls have no figure by shard, and a merge does not
 * add them up: whoever reads polls each shard at his own pace, be it wide or narrow. What shows that calls are short is
 * that some are refused.
 */
export type ShardReads = {
  readonly bytesPerSecond: number;
  /** Of GetRecords, in the time looked at: its bytes or its calls are used up. */
  readonly refusedCalls: number;
};

export const NO_READS: ShardReads = { bytesPerSecond: 0, refusedCalls: 0 };

/** What is read of shards beside each other. */
export function addReads(a: ShardReads, b: ShardReads): ShardReads {
  return {
    bytesPerSecond: a.bytesPerSecond + b.bytesPerSecond,
    refusedCalls: a.refusedCalls + b.refusedCalls,
  };
}

/** Whether reads leave room below `useMax` of one shard's limits. */
export function areReadsBelow(
  { bytesPerSecond, refusedCalls }: ShardReads,
  useMax: number,
): boolean {
  return refusedCalls === 0 && bytesPerSecond / SHARD_LIMITS.readBytesPerSecondMax < useMax;
}
