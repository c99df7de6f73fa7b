import { type ShardId, shardIdOf, shardIndexOf } from '#lib/domain/shard.ts';
import type { LeaseHealth } from './application-health.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { type ConsumerStatus, STATUSES_WORST_FIRST } from './status.ts';

/** How an application was on one shard in a period, at its worst. */
type ShardLag = {
  readonly shardId: ShardId;
  readonly status: ConsumerStatus;
  /** Seconds; NaN: not known. */
  readonly atLeastSeconds: number;
  readonly atMostSeconds: number;
};

/** How an application was in a period, by shard in the order of their ids. */
export type LagFrame = readonly ShardLag[];

const VERSION = 1;

/** Their places are in what is stored: new ones go to the end. */
const CODES: readonly ConsumerStatus[] = [
  'OK',
  'WARN',
  'STALL',
  'STOP',
  'REWIND',
  'UNASSIGNED',
  'WAITING_PARENT',
  'MISSING_LEASE',
  'ORPHAN',
  'DATA_LOSS',
  'DONE',
  'UNKNOWN',
];

/** What one evaluation adds to the frame of its period. */
export function lagFrameOf(leases: readonly LeaseHealth[]): LagFrame {
  return leases
    .map(({ shardId, status, lag }) => ({
      shardId,
      status,
      atLeastSeconds: lag.kind === 'interval' ? lag.atLeastMs / 1000 : Number.NaN,
      atMostSeconds: lag.kind === 'interval' ? lag.atMostMs / 1000 : Number.NaN,
    }))
    .filter(({ shardId }) => shardIndexOf(shardId) !== null)
    .sort(byShard);
}

/** Several frames as one of a longer period: each shard at its worst; what is not known gives way. */
export function worstOf(frames: readonly LagFrame[]): LagFrame {
  const worst = new Map<ShardId, ShardLag>();
  for (const one of frames.flat()) {
    const before = worst.get(one.shardId);
    worst.set(one.shardId, before === undefined ? one : worseOf(before, one));
  }
  return [...worst.values()].sort(byShard);
}

function worseOf(a: ShardLag, b: ShardLag): ShardLag {
  return {
    shardId: a.shardId,
    status: RANK[a.status] <= RANK[b.status] ? a.status : b.status,
    atLeastSeconds: greater(a.atLeastSeconds, b.atLeastSeconds),
    atMostSeconds: greater(a.atMostSeconds, b.atMostSeconds),
  };
}

const RANK = Object.fromEntries(
  STATUSES_WORST_FIRST.map((status, rank) => [status, rank]),
) as Readonly<Record<ConsumerStatus, number>>;

function greater(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.max(a, b);
}

/** By columns, which compress best: what each shard's number is more than the one before, statuses, and the lags. */
export function packLagFrame(frame: LagFrame): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  writer.count(frame.length);
  let before = 0;
  for (const { shardId } of frame) {
    const index = shardIndexOf(shardId) ?? before;
    writer.count(index - before);
    before = index;
  }
  for (const { status } of frame) writer.byte(CODES.indexOf(status));
  for (const { atLeastSeconds } of frame) writer.float32(atLeastSeconds);
  for (const { atMostSeconds } of frame) writer.float32(atMostSeconds);
  return writer.bytes();
}

/** The same by columns, for those who look at many frames at once: 5,000 shards are four arrays, not 5,000 objects. */
export type LagColumns = {
  /** The number in each shard's id, ascending. */
  readonly shards: Int32Array;
  readonly statuses: readonly ConsumerStatus[];
  /** Seconds; NaN: not known. */
  readonly atLeast: Float32Array;
  readonly atMost: Float32Array;
};

/** Undoes `packLagFrame`. @throws RangeError where the bytes are not what it makes */
export function unpackLagColumns(bytes: Uint8Array): LagColumns {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== VERSION) throw new RangeError(`A lag frame of version ${version} is not known`);
  const length = reader.count();
  const shards = new Int32Array(length);
  let index = 0;
  for (let i = 0; i < length; i += 1) {
    index += reader.count();
    shards[i] = index;
  }
  const statuses = Array.from({ length }, () => statusOf(reader.byte()));
  return {
    shards,
    statuses,
    atLeast: readFloats(reader, length),
    atMost: readFloats(reader, length),
  };
}

/** The same shard by shard. @throws RangeError where the bytes are not what `packLagFrame` makes */
export function unpackLagFrame(bytes: Uint8Array): LagFrame {
  const { shards, statuses, atLeast, atMost } = unpackLagColumns(bytes);
  return statuses.map((status, i) => ({
    shardId: shardIdOf(shards[i] ?? 0),
    status,
    atLeastSeconds: atLeast[i] ?? Number.NaN,
    atMostSeconds: atMost[i] ?? Number.NaN,
  }));
}

function readFloats(reader: ByteReader, length: number): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i += 1) values[i] = reader.float32();
  return values;
}

function statusOf(code: number): ConsumerStatus {
  const status = CODES[code];
  if (status === undefined) throw new RangeError(`Status ${code} of a lag frame is not known`);
  return status;
}

function byShard(a: ShardLag, b: ShardLag): number {
  return (shardIndexOf(a.shardId) ?? 0) - (shardIndexOf(b.shardId) ?? 0);
}
