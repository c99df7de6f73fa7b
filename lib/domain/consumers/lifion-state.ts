import { parseCheckpoint } from './checkpoint.ts';
import type { DynamoItem } from './dynamo-item.ts';
import type { ObservedLease, ObservedWorker } from './observation.ts';

/** What lifion-kinesis remembers of one group of consumers on one stream. */
export type LifionGroup = {
  readonly consumerGroup: string;
  readonly streamName: string;
  /** The stream's creation, epoch milliseconds; null where it cannot be read. */
  readonly streamCreatedMs: number | null;
  /**
   * Whether its consumers share the shards. Else each reads all of them, and keeps what it has read under its own name:
   * then there is no place of the group as a whole, and no leases.
   */
  readonly sharesShards: boolean;
  readonly leases: readonly ObservedLease[];
  readonly workers: readonly ObservedWorker[];
  readonly unreadable: readonly string[];
};

/**
 * Reads a row of lifion-kinesis 1.3.3 (lib/state-store.js): `shards` by shard id, each with `checkpoint`, `depleted`,
 * `leaseOwner`, `leaseExpiration` (ISO 8601) and `parent`; `consumers` by their ids, each with its `heartbeat`.
 * @returns null where the row names no group or stream
 */
export function readLifionState(item: DynamoItem): LifionGroup | null {
  const consumerGroup = item['consumerGroup']?.S;
  const streamName = item['streamName']?.S;
  if (consumerGroup === undefined || streamName === undefined) return null;
  const unreadable: string[] = [];
  const leases = Object.entries(item['shards']?.M ?? {}).flatMap(([shardId, value]) => {
    const lease = value?.M === undefined ? null : readShard(shardId, value.M);
    if (lease === null) unreadable.push(`The state of shard ${shardId} cannot be read.`);
    return lease ?? [];
  });
  if (item['shards']?.M === undefined) unreadable.push('It has no shards.');
  const consumers = Object.entries(item['consumers']?.M ?? {});
  return {
    consumerGroup,
    streamName,
    streamCreatedMs: readInstant(item['streamCreatedOn']?.S),
    sharesShards: !consumers.some(([, value]) => value?.M?.['isStandalone']?.BOOL === true),
    leases,
    workers: consumers.flatMap(([workerId, value]) => {
      const lastUpdatedMs = readInstant(value?.M?.['heartbeat']?.S);
      return lastUpdatedMs === null ? [] : { workerId, lastUpdatedMs };
    }),
    unreadable,
  };
}

function readShard(shardId: string, state: DynamoItem): ObservedLease | null {
  const checkpoint = state['checkpoint'];
  const isDepleted = state['depleted']?.BOOL;
  if (!/^shardId-\d{12,}$/.test(shardId) || isDepleted === undefined) return null;
  const expiresMs = readInstant(state['leaseExpiration']?.S);
  const parent = state['parent']?.S;
  return {
    shardId,
    owner: state['leaseOwner']?.S ?? null,
    checkpointOwner: null,
    counter: expiresMs === null ? null : BigInt(expiresMs),
    ownerSwitches: null,
    // Where it begins without a checkpoint is an option of its consumers, LATEST unless they are told otherwise.
    checkpoint: parseCheckpoint(isDepleted ? 'SHARD_END' : (checkpoint?.S ?? 'LATEST')),
    hasPending: false,
    parentShardIds: parent === undefined ? [] : [parent],
    childShardIds: [],
    throughputKBps: null,
  };
}

function readInstant(text: string | undefined): number | null {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isFinite(ms) ? ms : null;
}
