import { parseHashKey } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';

/** An item of DynamoDB as its API has it, as far as lease tables use it. */
export type LeaseItem = {
  readonly [name: string]:
    | { readonly S?: string; readonly N?: string; readonly SS?: readonly string[] }
    | undefined;
};

/** The stream that a lease of a multi-stream application names; `createdSeconds` is its creation epoch. */
type LeasedStream = {
  readonly accountId: string;
  readonly streamName: string;
  readonly createdSeconds: number;
};

/**
 * One lease of the Kinesis Client Library, versions 1 to 3.5. Attributes as DynamoDBLeaseSerializer.java of
 * awslabs/amazon-kinesis-client 3.5.1 writes them; null where the row has none.
 */
type KclLease = {
  readonly leaseKey: string;
  readonly shardId: ShardId;
  /** null in a table of a single-stream application, which never names its stream. */
  readonly stream: LeasedStream | null;
  readonly owner: string | null;
  /** Who hands its lease over in peace (version 3). */
  readonly checkpointOwner: string | null;
  /** Grows by one with each renewal. */
  readonly counter: bigint | null;
  readonly ownerSwitchesSinceCheckpoint: number | null;
  readonly checkpoint: Checkpoint;
  readonly pendingCheckpoint: Checkpoint | null;
  readonly range: HashRange | null;
  readonly parentShardIds: readonly ShardId[];
  readonly childShardIds: readonly ShardId[];
  /** Bytes consumed from the shard of late, in KiB/s (version 3). */
  readonly throughputKBps: number | null;
};

export type ReadLease =
  | { readonly kind: 'lease'; readonly lease: KclLease }
  /** Version 3.5 can keep its coordination in the same table: STREAM, LEADER, WORKER_METRIC_STATS and others. */
  | { readonly kind: 'other'; readonly entityType: string }
  /** Not a row that is known: nothing may be concluded from it. */
  | { readonly kind: 'unreadable'; readonly problem: string };

/** Reads one row of a table whose only hash key is `leaseKey`. */
export function readLease(item: LeaseItem): ReadLease {
  const entityType = item['entityType']?.S;
  if (entityType !== undefined && entityType !== 'LEASE') return { kind: 'other', entityType };
  const leaseKey = item['leaseKey']?.S;
  if (leaseKey === undefined) return unreadable('It has no leaseKey.');
  const place = readLeaseKey(leaseKey);
  if (place === null) return unreadable(`Its leaseKey ${leaseKey} names no shard.`);
  const checkpoint = item['checkpoint']?.S;
  if (checkpoint === undefined) return unreadable(`Lease ${leaseKey} has no checkpoint.`);
  const pending = item['pendingCheckpoint']?.S;
  return {
    kind: 'lease',
    lease: {
      leaseKey,
      ...place,
      owner: item['leaseOwner']?.S ?? null,
      checkpointOwner: item['checkpointOwner']?.S ?? null,
      counter: readInteger(item['leaseCounter']?.N),
      ownerSwitchesSinceCheckpoint: readNumber(item['ownerSwitchesSinceCheckpoint']?.N),
      checkpoint: parseCheckpoint(
        checkpoint,
        readInteger(item['checkpointSubSequenceNumber']?.N) ?? 0n,
      ),
      pendingCheckpoint:
        pending === undefined
          ? null
          : parseCheckpoint(
              pending,
              readInteger(item['pendingCheckpointSubSequenceNumber']?.N) ?? 0n,
            ),
      range: readRange(item['startingHashKey']?.S, item['endingHashKey']?.S),
      parentShardIds: item['parentShardId']?.SS ?? [],
      childShardIds: item['childShardIds']?.SS ?? [],
      throughputKBps: readNumber(item['throughputKBps']?.N),
    },
  };
}

/**
 * A single-stream application's key is the shard's id; a multi-stream one's is
 * `account:stream:creation epoch:shard id`. Neither part of the latter can hold a colon.
 */
function readLeaseKey(leaseKey: string): Pick<KclLease, 'shardId' | 'stream'> | null {
  if (/^shardId-\d{12,}$/.test(leaseKey)) return { shardId: leaseKey, stream: null };
  const parts = /^(\d{12}):([a-zA-Z0-9_.-]{1,128}):(\d+):(shardId-\d{12,})$/.exec(leaseKey);
  const [, accountId, streamName, createdSeconds, shardId] = parts ?? [];
  if (accountId === undefined || streamName === undefined || shardId === undefined) return null;
  return { shardId, stream: { accountId, streamName, createdSeconds: Number(createdSeconds) } };
}

function readRange(start: string | undefined, end: string | undefined): HashRange | null {
  if (start === undefined || end === undefined) return null;
  const [first, last] = [parseHashKey(start), parseHashKey(end)];
  return first === null || last === null || first > last ? null : { start: first, end: last };
}

function readInteger(text: string | undefined): bigint | null {
  return text !== undefined && /^-?\d+$/.test(text) ? BigInt(text) : null;
}

function readNumber(text: string | undefined): number | null {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function unreadable(problem: string): ReadLease {
  return { kind: 'unreadable', problem };
}
