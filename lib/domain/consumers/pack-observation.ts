import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { type ShardId, shardIdOf, shardIndexOf } from '#lib/domain/shard.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { LeaseObservation, ObservedLease } from './observation.ts';

/** What history keeps of a lease: who held it, how far it was, and whether it was renewed. */
type KeptLease = Pick<
  ObservedLease,
  'shardId' | 'owner' | 'checkpointOwner' | 'counter' | 'checkpoint'
>;

/** The leases of one observation in the order of their shards' ids. */
export type KeptObservation = readonly KeptLease[];

const VERSION = 1;
/** What stands first: the whole observation, or only what differs from the one before it. */
const [WHOLE, CHANGES] = [0, 1];

const KINDS = [
  'sequence',
  'trim-horizon',
  'latest',
  'at-timestamp',
  'shard-end',
  'unknown',
] as const satisfies readonly Checkpoint['kind'][];

export function keptOf(observation: LeaseObservation): KeptObservation {
  return observation.leases
    .filter(({ shardId }) => shardIndexOf(shardId) !== null)
    .map(({ shardId, owner, checkpointOwner, counter, checkpoint }) => ({
      shardId,
      owner,
      checkpointOwner,
      counter,
      checkpoint,
    }))
    .sort((a, b) => indexOf(a) - indexOf(b));
}

/**
 * Few bytes: counters and sequence numbers as what they are more than before, owners by their places in a list.
 * @param before the observation before, of which only changes are then written; null: it stands by itself
 */
export function packObservation(now: KeptObservation, before: KeptObservation | null): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  writer.byte(before === null ? WHOLE : CHANGES);
  const formerly = byShard(before ?? []);
  const present = byShard(now);
  const owners = namesIn(now);
  writer.count(owners.length);
  for (const owner of owners) writer.text(owner);
  const gone = (before ?? []).filter(({ shardId }) => !present.has(shardId));
  writeShards(writer, gone);
  const changed = now.filter((lease) => !isSame(lease, formerly.get(lease.shardId)));
  writeShards(writer, changed);
  for (const lease of changed) {
    const former = formerly.get(lease.shardId);
    writer.count(placeOf(owners, lease.owner));
    writer.count(placeOf(owners, lease.checkpointOwner));
    writer.byte(lease.counter === null ? 0 : 1);
    if (lease.counter !== null) writer.integer(lease.counter - (former?.counter ?? 0n));
    writeCheckpoint(writer, lease.checkpoint, former?.checkpoint);
  }
  return writer.bytes();
}

/**
 * Undoes `packObservation`.
 * @param before the observation before, as it was unpacked; needed where `standsAlone` says no
 * @throws RangeError where the bytes are not what it makes, or `before` is missing
 */
export function unpackObservation(
  bytes: Uint8Array,
  before: KeptObservation | null,
): KeptObservation {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== VERSION) throw new RangeError(`An observation of version ${version} is unknown`);
  const isWhole = reader.byte() === WHOLE;
  if (!isWhole && before === null) {
    throw new RangeError('The observation holds only what changed, and the one before is missing');
  }
  const leases = byShard(isWhole ? [] : (before ?? []));
  const owners = Array.from({ length: reader.count() }, () => reader.text());
  for (const shardId of readShards(reader)) leases.delete(shardId);
  for (const shardId of readShards(reader)) {
    const former = leases.get(shardId);
    const owner = owners[reader.count() - 1] ?? null;
    const checkpointOwner = owners[reader.count() - 1] ?? null;
    const counter = reader.byte() === 0 ? null : reader.integer() + (former?.counter ?? 0n);
    const checkpoint = readCheckpoint(reader, former?.checkpoint);
    leases.set(shardId, { shardId, owner, checkpointOwner, counter, checkpoint });
  }
  return [...leases.values()].sort((a, b) => indexOf(a) - indexOf(b));
}

/** Whether an observation can be unpacked without the one before it. */
export function standsAlone(bytes: Uint8Array): boolean {
  return bytes[1] === WHOLE;
}

function byShard(leases: KeptObservation): Map<ShardId, KeptLease> {
  return new Map(leases.map((lease) => [lease.shardId, lease]));
}

function indexOf({ shardId }: Pick<KeptLease, 'shardId'>): number {
  return shardIndexOf(shardId) ?? 0;
}

function namesIn(leases: KeptObservation): readonly string[] {
  const names = new Set(leases.flatMap(({ owner, checkpointOwner }) => [owner, checkpointOwner]));
  names.delete(null);
  return [...names].filter((name) => name !== null);
}

/** 0: nobody. */
function placeOf(owners: readonly string[], owner: string | null): number {
  return owner === null ? 0 : owners.indexOf(owner) + 1;
}

function isSame(a: KeptLease, b: KeptLease | undefined): boolean {
  return (
    b !== undefined &&
    a.owner === b.owner &&
    a.checkpointOwner === b.checkpointOwner &&
    a.counter === b.counter &&
    isSameCheckpoint(a.checkpoint, b.checkpoint)
  );
}

function isSameCheckpoint(a: Checkpoint, b: Checkpoint): boolean {
  if (a.kind === 'sequence') {
    return (
      b.kind === 'sequence' &&
      a.sequenceNumber === b.sequenceNumber &&
      a.subSequenceNumber === b.subSequenceNumber
    );
  }
  if (a.kind === 'unknown') return b.kind === 'unknown' && a.text === b.text;
  return a.kind === b.kind;
}

/** Numbers of shards, ascending, each as what it is more than the one before. */
function writeShards(writer: ByteWriter, leases: KeptObservation): void {
  writer.count(leases.length);
  let last = 0;
  for (const lease of leases) {
    writer.count(indexOf(lease) - last);
    last = indexOf(lease);
  }
}

function readShards(reader: ByteReader): readonly ShardId[] {
  let index = 0;
  return Array.from({ length: reader.count() }, () => {
    index += reader.count();
    return shardIdOf(index);
  });
}

function writeCheckpoint(
  writer: ByteWriter,
  checkpoint: Checkpoint,
  former: Checkpoint | undefined,
): void {
  writer.byte(KINDS.indexOf(checkpoint.kind));
  if (checkpoint.kind === 'sequence') {
    writer.integer(checkpoint.sequenceNumber - numberIn(former));
    writer.integer(checkpoint.subSequenceNumber);
  } else if (checkpoint.kind === 'unknown') {
    writer.text(checkpoint.text);
  }
}

function readCheckpoint(reader: ByteReader, former: Checkpoint | undefined): Checkpoint {
  const kind = KINDS[reader.byte()];
  if (kind === undefined) throw new RangeError('A checkpoint of unknown kind');
  if (kind === 'unknown') return { kind, text: reader.text() };
  if (kind !== 'sequence') return { kind };
  const sequenceNumber = parseSequenceNumber(String(reader.integer() + numberIn(former)));
  if (sequenceNumber === null) throw new RangeError('A checkpoint that is no sequence number');
  return { kind, sequenceNumber, subSequenceNumber: reader.integer() };
}

function numberIn(checkpoint: Checkpoint | undefined): bigint {
  return checkpoint?.kind === 'sequence' ? checkpoint.sequenceNumber : 0n;
}
