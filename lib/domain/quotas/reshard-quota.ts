import { UPDATE_SHARD_COUNT_PER_DAY_MAX } from '#lib/domain/limits.ts';

/** What is known of how often a stream may still be resharded by UpdateShardCount. */
export type ReshardQuota = {
  /** Changes of the open shards that were seen in the last 24 hours, by whatever operation. */
  readonly seen: number;
  /**
   * Calls that are left at least, by what was seen: each change counts as one call, though splits and merges do not
   * count, and one call may be seen as several changes. Calls made while nobody looked are not known.
   */
  readonly leftAtLeast: number;
};

/** AWS allows ten calls a stream in any 24 hours (API reference, UpdateShardCount). */
export function reshardQuota(seen: number): ReshardQuota {
  return { seen, leftAtLeast: Math.max(0, UPDATE_SHARD_COUNT_PER_DAY_MAX - seen) };
}

/** Consumers of enhanced fan-out that a stream may have; 50 with On-demand Advantage. */
export const EFO_CONSUMERS_MAX = 20;
