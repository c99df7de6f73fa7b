import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { CheckpointLedger } from './checkpoint-ledger.ts';
import type { Place } from './held-lease.ts';
import { type Lease, SHARD_END } from './lease.ts';
import type { ShardWitness } from './shard-witness.ts';

/** Where an application really stands on a shard. Times are of the world's clock, epoch ms. */
export type LeaseTruth = {
  readonly leaseKey: string;
  readonly streamName: string;
  readonly shardId: ShardId;
  /** Who works on it now; null where nobody does. */
  readonly worker: string | null;
  /** What has been processed, also where it is not checkpointed yet; null where nobody holds the lease. */
  readonly processed: (Place & { readonly hasUnread: boolean }) | null;
  /** What the table has, as of now. */
  readonly committed: {
    readonly checkpoint: string;
    readonly arrivalMs: number | null;
    readonly hasUnread: boolean;
    /** null where the checkpoint is no record of which anybody knows the arrival. */
    readonly lagMs: number | null;
  };
  /** The newest checkpoints that workers wrote, oldest first, each with the lag at its instant. */
  readonly checkpoints: readonly {
    readonly atMs: number;
    readonly worker: string;
    readonly checkpoint: string;
    readonly arrivalMs: number | null;
    readonly lagMs: number | null;
  }[];
};

/**
 * The instant that is looked at, less the arrival of the last record that was worked off; 0 where nothing came after
 * it. A shard that was read to its end has none.
 */
function lagOf(
  place: { readonly checkpoint: string; readonly arrivalMs: number | null },
  hasUnread: boolean,
  nowMs: number,
): number | null {
  if (parseSequenceNumber(place.checkpoint) === null) return null;
  if (!hasUnread) return 0;
  return place.arrivalMs === null ? null : nowMs - place.arrivalMs;
}

export function leaseTruth(view: {
  readonly lease: Lease;
  readonly streamName: string;
  readonly ledger: CheckpointLedger;
  readonly witness: ShardWitness;
  readonly holder: { readonly name: string; readonly place: Place } | null;
  readonly nowMs: number;
}): LeaseTruth {
  const { lease, streamName, ledger, witness, holder, nowMs } = view;
  const { leaseKey, shardId, checkpoint } = lease;
  const hasUnread = (at: string): boolean => {
    const sequenceNumber = parseSequenceNumber(at);
    if (sequenceNumber !== null) {
      return witness.hasRecordAfter(streamName, shardId, sequenceNumber);
    }
    return at !== SHARD_END && witness.hasRecordAfter(streamName, shardId, null);
  };
  const written = ledger.of(leaseKey);
  const last = written.findLast((one) => one.checkpoint === checkpoint);
  const committed = { checkpoint, arrivalMs: last?.arrivalMs ?? null };
  const isUnread = hasUnread(checkpoint);
  return {
    leaseKey,
    streamName,
    shardId,
    worker: holder?.name ?? null,
    processed: holder && { ...holder.place, hasUnread: hasUnread(holder.place.checkpoint) },
    committed: { ...committed, hasUnread: isUnread, lagMs: lagOf(committed, isUnread, nowMs) },
    checkpoints: written.map((one) => ({
      atMs: one.atMs,
      worker: one.worker,
      checkpoint: one.checkpoint,
      arrivalMs: one.arrivalMs,
      lagMs: lagOf(one, one.hadUnread, one.atMs),
    })),
  };
}
