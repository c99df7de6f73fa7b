import type { Arrivals } from '#lib/domain/consumers/arrivals.ts';
import { parseCheckpoint, recordTimeOf } from '#lib/domain/consumers/checkpoint.ts';
import { ARRIVAL_DELAY_MAX_MS } from '#lib/domain/consumers/lease-lag.ts';
import { decodeSequenceNumber, parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { isOpen, type Shard, type ShardId } from '#lib/domain/shard.ts';
import { leaseAtCheckpoint, newLease, textOf, withChildren } from './lease-item.ts';
import type { RewindEffect, RewindTarget } from './rewind.ts';
import type { StoredItem } from './stored-item.ts';

/** A lease of the application on the stream, as it is in its table. */
export type PresentLease = {
  readonly leaseKey: string;
  readonly shardId: ShardId;
  readonly item: StoredItem;
};

/** Where a shard is to be read from, once it is known. `beginsAtMs` null: not known, or nothing is there. */
export type ChosenPlace = { readonly checkpoint: string; readonly beginsAtMs: number | null };

export type RewindFacts = {
  readonly leases: readonly PresentLease[];
  /** As ListShards tells them now, open and closed. */
  readonly shards: readonly Shard[];
  /** null: all shards. */
  readonly only: ReadonlySet<ShardId> | null;
  readonly target: Exclude<RewindTarget, { kind: 'restore' }>;
  /** Of a time: what was found for shards that it lies in (see `shardsToLookInto`). */
  readonly found: ReadonlyMap<ShardId, ChosenPlace>;
  readonly arrivals: Arrivals;
  readonly retentionMs: number;
  readonly nowMs: number;
};

/** One lease to be written: what it was, and what it is to be; null: none. */
export type RewindStep = {
  readonly leaseKey: string;
  readonly shardId: ShardId;
  readonly former: StoredItem | null;
  readonly wanted: StoredItem | null;
};

export type RewindPlan = {
  readonly steps: readonly RewindStep[];
  /** Of the steps, in hash-key order. */
  readonly effects: readonly RewindEffect[];
};

/** Shards in which a time has to be looked for: made before it, and not closed before it. */
export function shardsToLookInto(
  shards: readonly Shard[],
  only: ReadonlySet<ShardId> | null,
  atMs: number,
): readonly Shard[] {
  return shards.filter(
    (shard) => isMeant(shard, only) && placeByItsLife(shard, shards, atMs) === null,
  );
}

/**
 * What is to be written so that an application reads on from another place. The library reads a child only while its
 * parents' leases are at SHARD_END, so a parent that is set back is read first again; leases that are missing are made,
 * as a shard without one would be read from wherever the application is set up to begin.
 */
export function planRewind(facts: RewindFacts): RewindPlan {
  const leaseOf = new Map(facts.leases.map((lease) => [lease.shardId, lease]));
  const prefix = multiStreamPrefix(facts.leases);
  const ordered = [...facts.shards].sort(byStart).filter((shard) => isMeant(shard, facts.only));
  const steps: RewindStep[] = [];
  const effects: RewindEffect[] = [];
  for (const shard of ordered) {
    const place = placeOf(shard, facts);
    const lease = leaseOf.get(shard.shardId);
    if (place === null || isNeedless(place, lease)) continue;
    const { checkpoint } = place;
    const leaseKey = lease?.leaseKey ?? `${prefix}${shard.shardId}`;
    const item =
      lease === undefined
        ? newLease(shard, leaseKey, checkpoint, facts.leases[0]?.item ?? null)
        : leaseAtCheckpoint(lease.item, checkpoint);
    const wanted = checkpoint === 'SHARD_END' ? withChildren(item, shard, facts.shards) : item;
    steps.push({ leaseKey, shardId: shard.shardId, former: lease?.item ?? null, wanted });
    effects.push(effectOf(shard, lease, place, facts));
  }
  return { steps, effects };
}

function isMeant(shard: Shard, only: ReadonlySet<ShardId> | null): boolean {
  return only === null || only.has(shard.shardId);
}

/** A worked-off shard needs no lease, and a lease that is where it is to be needs no write. */
function isNeedless({ checkpoint }: ChosenPlace, lease: PresentLease | undefined): boolean {
  if (lease === undefined) return checkpoint === 'SHARD_END';
  return checkpoint === 'SHARD_END' && textOf(lease.item, 'checkpoint') === 'SHARD_END';
}

/** null: it is left alone. */
function placeOf(shard: Shard, facts: RewindFacts): ChosenPlace | null {
  const { target } = facts;
  switch (target.kind) {
    case 'trim-horizon':
      return { checkpoint: 'TRIM_HORIZON', beginsAtMs: oldestMs(shard, facts) };
    case 'latest':
      return { checkpoint: isOpen(shard) ? 'LATEST' : 'SHARD_END', beginsAtMs: null };
    case 'sequence-number':
      return {
        checkpoint: target.sequenceNumber,
        beginsAtMs: recordTimeOf(parseCheckpoint(target.sequenceNumber)),
      };
    case 'time':
      return (
        placeByItsLife(shard, facts.shards, target.atMs) ?? facts.found.get(shard.shardId) ?? null
      );
  }
}

/** A shard that ended before the instant is worked off, one that came after it is read whole; null: look into it. */
function placeByItsLife(shard: Shard, shards: readonly Shard[], atMs: number): ChosenPlace | null {
  const createdMs = createdMsOf(shard);
  if (createdMs !== null && createdMs >= atMs) {
    return { checkpoint: 'TRIM_HORIZON', beginsAtMs: createdMs };
  }
  if (isOpen(shard)) return null;
  const births = shards
    .filter((one) => [one.parentShardId, one.adjacentParentShardId].includes(shard.shardId))
    .map(createdMsOf);
  // A record may still have arrived in the second in which its children were made.
  const hasEnded = births.length > 0 && births.every((ms) => ms !== null && ms + 1_000 <= atMs);
  return hasEnded ? { checkpoint: 'SHARD_END', beginsAtMs: null } : null;
}

/** Epoch milliseconds, to the second; null where its first sequence number does not tell. */
export function createdMsOf(shard: Shard): number | null {
  const fields = decodeSequenceNumber(shard.startingSequenceNumber);
  return fields === null ? null : fields.shardCreatedSeconds * 1000;
}

function oldestMs(shard: Shard, { nowMs, retentionMs }: RewindFacts): number {
  return Math.max(createdMsOf(shard) ?? 0, nowMs - retentionMs);
}

function effectOf(
  shard: Shard,
  lease: PresentLease | undefined,
  place: ChosenPlace,
  facts: RewindFacts,
): RewindEffect {
  const from = lease === undefined ? null : textOf(lease.item, 'checkpoint');
  const again = readAgain(shard, from, place, facts);
  return {
    shardId: shard.shardId,
    from,
    to: place.checkpoint,
    beginsAtMs: place.beginsAtMs,
    againRecords: again?.records ?? null,
    againBytes: again?.bytes ?? null,
  };
}

/** What lies between the new place and the former one, in whole periods. */
function readAgain(
  shard: Shard,
  from: string | null,
  { checkpoint, beginsAtMs }: ChosenPlace,
  { arrivals }: RewindFacts,
): { readonly records: number; readonly bytes: number } | null {
  const none = { records: 0, bytes: 0 };
  if (checkpoint === 'LATEST' || checkpoint === 'SHARD_END' || from === null) return none;
  if (from === 'TRIM_HORIZON') return none;
  if (beginsAtMs === null) return null;
  const all = arrivals.since(shard.shardId, beginsAtMs);
  if (all === null || !all.perShard) return null;
  if (from === 'SHARD_END') return all;
  const formerMs = recordTimeOf(parseCheckpoint(from));
  if (formerMs === null) return null;
  if (formerMs <= beginsAtMs) return none;
  const unread = arrivals.since(shard.shardId, formerMs + ARRIVAL_DELAY_MAX_MS) ?? none;
  return {
    records: Math.max(0, all.records - unread.records),
    bytes: Math.max(0, all.bytes - unread.bytes),
  };
}

/** What stands before the shard's id in the keys of a multi-stream table. */
function multiStreamPrefix(leases: readonly PresentLease[]): string {
  const [first] = leases;
  return first === undefined ? '' : first.leaseKey.slice(0, -first.shardId.length);
}

/** Why a sequence number cannot be a place in the shard, as a sentence; null where it can. */
export function sequenceNumberFault(shard: Shard, text: string): string | null {
  const number = parseSequenceNumber(text);
  const fields = number === null ? null : decodeSequenceNumber(number);
  if (number === null || fields === null) {
    return 'This is no sequence number of Kinesis: it is a long decimal number, as records and checkpoints carry it.';
  }
  if (number < shard.startingSequenceNumber) return 'It lies before the first record of the shard.';
  if (shard.endingSequenceNumber !== null && number > shard.endingSequenceNumber) {
    return 'It lies after the last record of the shard.';
  }
  if (fields.shardCreatedSeconds * 1000 !== createdMsOf(shard)) {
    return 'It belongs to another shard.';
  }
  return null;
}

function byStart(a: Shard, b: Shard): number {
  if (a.range.start !== b.range.start) return a.range.start < b.range.start ? -1 : 1;
  return a.shardId < b.shardId ? -1 : 1;
}
