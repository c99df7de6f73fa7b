import {
  decodeSequenceNumber,
  encodeSequenceNumber,
  parseSequenceNumber,
} from '#lib/domain/sequence-number.ts';
import { shardIdOf, shardIndexOf } from '#lib/domain/shard.ts';
import type { CheckpointLedger } from './checkpoint-ledger.ts';
import { type Lease, type LeaseChange, type LeaseStore, TRIM_HORIZON } from './lease.ts';

/** A worker may write between our reading and our writing; so often we try again. */
const ATTEMPTS = 20;

/**
 * Changes leases behind their workers' backs, as operators, scripts and restored tables do. Each write moves the counter
 * on, so that a worker which holds the lease loses it.
 * @param change null leaves the lease alone
 * @returns how many were changed
 * @throws Error where workers were quicker each time
 */
export async function tamperWithLeases(
  store: LeaseStore,
  change: (lease: Lease) => LeaseChange | null,
): Promise<number> {
  let open: ReadonlySet<string> | null = null;
  let changed = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const missed = new Set<string>();
    for (const lease of await store.list()) {
      const wanted: LeaseChange | null =
        open === null || open.has(lease.leaseKey) ? change(lease) : null;
      if (wanted === null) continue;
      const counted: LeaseChange = { leaseCounter: lease.leaseCounter + 1, ...wanted };
      if ((await store.update(lease.leaseKey, counted, lease.leaseCounter)) === null) {
        missed.add(lease.leaseKey);
      } else {
        changed += 1;
      }
    }
    if (missed.size === 0) return changed;
    open = missed;
  }
  throw new Error(`Workers wrote ${[...(open ?? [])].join(', ')} quicker each time`);
}

/**
 * The checkpoint that a lease had so long ago, as a table has it that was restored from a backup: the newest one that is
 * old enough, or else one that nobody remembers, of a record of that time.
 */
export function earlierCheckpoint(
  { leaseKey, checkpoint }: Lease,
  ledger: CheckpointLedger,
  timeMs: number,
): string {
  const remembered = ledger.of(leaseKey).findLast(({ atMs }) => atMs <= timeMs);
  if (remembered !== undefined) return remembered.checkpoint;
  const sequenceNumber = parseSequenceNumber(checkpoint);
  const fields = sequenceNumber === null ? null : decodeSequenceNumber(sequenceNumber);
  if (fields === null) return TRIM_HORIZON;
  const recordSeconds = Math.floor(timeMs / 1_000);
  return String(encodeSequenceNumber({ ...fields, sequenceIndex: 0n, recordSeconds }));
}

/** Shards of a stream do not come this far apart. */
const ORPHAN_INDEX_STEP = 9_000;

/** A lease of a shard that the stream never had, alike to `like` in all else: left over from a stream of the same name. */
export function orphanLike(like: Lease): Lease {
  const index = (shardIndexOf(like.shardId) ?? 0) + ORPHAN_INDEX_STEP;
  const shardId = shardIdOf(index);
  const sequenceNumber = parseSequenceNumber(like.checkpoint);
  const fields = sequenceNumber === null ? null : decodeSequenceNumber(sequenceNumber);
  return {
    ...like,
    shardId,
    leaseKey: like.streamId === null ? shardId : `${like.streamId}:${shardId}`,
    checkpoint:
      fields === null
        ? like.checkpoint
        : String(encodeSequenceNumber({ ...fields, shardIndex: index })),
    parentShardIds: [],
    childShardIds: [],
  };
}
