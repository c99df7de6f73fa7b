import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { LeaseHealth } from './application-health.ts';
import type { Lag } from './lag.ts';
import type { ApplicationTrack, LeaseTrack } from './track.ts';

/** What reading one record after a checkpoint told. */
export type Probe = {
  /** The checkpoint after which was read, */
  readonly sequenceNumber: SequenceNumber;
  /** and when, epoch milliseconds on AWS's clock. */
  readonly atMs: number;
  /** When the oldest unread record arrived; null: there is none. */
  readonly unreadSinceMs: number | null;
};

export type Probes = ReadonlyMap<ShardId, Probe>;

/**
 * Lag by a probe, where there is one and the lease was seen at the probed checkpoint afterwards: then it stood there
 * when it was probed. The last record that was worked off arrived before the oldest unread one, so lag is at least the
 * latter's age.
 */
export function withProbe(lag: Lag, track: LeaseTrack, probe: Probe | undefined): Lag {
  const { checkpoint } = track.lease;
  if (probe === undefined || checkpoint.kind !== 'sequence' || track.recordMs === null) return lag;
  if (checkpoint.sequenceNumber !== probe.sequenceNumber || probe.atMs > track.seenMs) return lag;
  const asOfMs = probe.atMs;
  if (probe.unreadSinceMs === null) {
    return { kind: 'interval', atLeastMs: 0, atMostMs: 0, asOfMs, method: 'probe' };
  }
  const atLeastMs = Math.max(0, asOfMs - probe.unreadSinceMs);
  const atMostMs = Math.max(atLeastMs, asOfMs - track.recordMs);
  return { kind: 'interval', atLeastMs, atMostMs, asOfMs, method: 'probe' };
}

/**
 * Shards of which only a probe tells whether their reader is behind: what is known allows for both. The ones that may be
 * furthest behind come first.
 */
export function undecidedShards(
  leases: readonly LeaseHealth[],
  track: ApplicationTrack,
  allowedLagMs: number,
): readonly { readonly shardId: ShardId; readonly sequenceNumber: SequenceNumber }[] {
  return leases
    .flatMap(({ shardId, lag }) => {
      const checkpoint = track.leases.get(shardId)?.lease.checkpoint;
      const isOpen =
        lag.kind === 'interval' && lag.atLeastMs < allowedLagMs && lag.atMostMs > allowedLagMs;
      if (!isOpen || checkpoint?.kind !== 'sequence') return [];
      return { shardId, sequenceNumber: checkpoint.sequenceNumber, atMostMs: lag.atMostMs };
    })
    .sort((a, b) => b.atMostMs - a.atMostMs);
}
