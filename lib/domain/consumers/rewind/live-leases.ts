import type { LeaseObservation } from '#lib/domain/consumers/observation.ts';
import { observe } from '#lib/domain/consumers/observe.ts';
import { deadAfterMs, deadSinceMs } from '#lib/domain/consumers/renewal.ts';
import type { Thresholds } from '#lib/domain/consumers/thresholds.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import type { ShardId } from '#lib/domain/shard.ts';

/** A lease whose owner is at work, or may be. */
export type LiveLease = {
  readonly shardId: ShardId;
  readonly owner: string;
  /** For how long it has not been seen to be renewed; 0 where it was just now. */
  readonly quietMs: number;
  /** How long that has to be before its owner counts as stopped. */
  readonly limitMs: number;
};

/**
 * Leases that somebody works on, as far as what was remembered and one look now can tell: any lease with an owner that
 * has not stood still for long enough. Where nothing was remembered, every owner may be at work.
 */
export function liveLeases(
  track: ApplicationTrack | null,
  now: LeaseObservation,
  thresholds: Thresholds,
): readonly LiveLease[] {
  const noShards = { listedMs: now.atMs, shards: new Map() };
  const seen = observe(track, now, noShards, thresholds).track;
  return [...seen.leases.values()].flatMap((lease): readonly LiveLease[] => {
    const { owner, shardId, checkpoint } = lease.lease;
    if (owner === null || checkpoint.kind === 'shard-end') return [];
    if (deadSinceMs(lease, seen.counterIs, thresholds) !== null) return [];
    const quietMs = Math.max(0, lease.seenMs - lease.counterMovedMs);
    return [{ shardId, owner, quietMs, limitMs: deadAfterMs(lease.renewEveryMs, thresholds) }];
  });
}
