import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isVersion3, type Library } from './consumer-plan.ts';
import type { Lease, LeaseChange } from './lease.ts';

export type Item = Record<string, AttributeValue>;

/** The entity that a row of version 3.5 is; rows of earlier ones are leases and do not say so. */
export const ENTITY_TYPE = 'entityType';
const LEASE_ENTITY = 'LEASE';

/** A lease as this generation of the library writes it: attributes without a value are left out. */
export function leaseToItem(lease: Lease, library: Library): Item {
  const { leaseKey, shardId, streamId, ...rest } = lease;
  const { set } = changeToAttributes(rest, library);
  return {
    leaseKey: { S: leaseKey },
    // The attribute has its name from a time when it held no more than that.
    ...(streamId !== null && { streamName: { S: streamId }, shardId: { S: shardId } }),
    ...(library === 'kcl-3.5' && { [ENTITY_TYPE]: { S: LEASE_ENTITY } }),
    ...set,
  };
}

/** What a change sets, and which attributes it takes away. Attributes that the generation does not know are in neither. */
export function changeToAttributes(
  change: LeaseChange,
  library: Library,
): { readonly set: Item; readonly remove: readonly string[] } {
  const set: Item = {};
  const remove: string[] = [];
  const write = (name: string, value: AttributeValue | null) => {
    if (value === null) remove.push(name);
    else set[name] = value;
  };
  const text = (value: string | null) => (value === null ? null : { S: value });
  // DynamoDB knows no empty set.
  const texts = (list: readonly string[]) => (list.length === 0 ? null : { SS: [...list] });
  const number = (value: number) => ({ N: String(value) });

  const { leaseOwner, checkpointOwner, leaseCounter, checkpoint, pendingCheckpoint } = change;
  const { ownerSwitchesSinceCheckpoint, parentShardIds, childShardIds } = change;
  const { startingHashKey, endingHashKey, throughputKBps } = change;
  if (leaseOwner !== undefined) write('leaseOwner', text(leaseOwner));
  if (leaseCounter !== undefined) write('leaseCounter', number(leaseCounter));
  if (checkpoint !== undefined) {
    write('checkpoint', text(checkpoint));
    write('checkpointSubSequenceNumber', number(0));
  }
  if (ownerSwitchesSinceCheckpoint !== undefined) {
    write('ownerSwitchesSinceCheckpoint', number(ownerSwitchesSinceCheckpoint));
  }
  if (parentShardIds !== undefined) write('parentShardId', texts(parentShardIds));
  if (pendingCheckpoint !== undefined) {
    write('pendingCheckpoint', text(pendingCheckpoint));
    write('pendingCheckpointSubSequenceNumber', pendingCheckpoint === null ? null : number(0));
  }
  if (library !== 'kcl-1') {
    if (childShardIds !== undefined) write('childShardIds', texts(childShardIds));
    if (startingHashKey !== undefined) write('startingHashKey', text(startingHashKey || null));
    if (endingHashKey !== undefined) write('endingHashKey', text(endingHashKey || null));
  }
  if (isVersion3(library)) {
    if (checkpointOwner !== undefined) write('checkpointOwner', text(checkpointOwner));
    if (throughputKBps !== undefined) write('throughputKBps', { N: throughputKBps.toFixed(2) });
  }
  return { set, remove };
}

/** @returns null for a row of another entity than a lease, or of none that is known. */
export function leaseFromItem(item: Item): Lease | null {
  const entity = item[ENTITY_TYPE]?.S;
  const leaseKey = item['leaseKey']?.S;
  if (leaseKey === undefined || (entity !== undefined && entity !== LEASE_ENTITY)) {
    return null;
  }
  const text = (name: string) => item[name]?.S ?? null;
  const number = (name: string) => Number(item[name]?.N ?? 0);
  return {
    leaseKey,
    shardId: text('shardId') ?? leaseKey,
    streamId: text('streamName'),
    leaseOwner: text('leaseOwner'),
    checkpointOwner: text('checkpointOwner'),
    leaseCounter: number('leaseCounter'),
    checkpoint: text('checkpoint') ?? '',
    pendingCheckpoint: text('pendingCheckpoint'),
    ownerSwitchesSinceCheckpoint: number('ownerSwitchesSinceCheckpoint'),
    parentShardIds: item['parentShardId']?.SS ?? [],
    childShardIds: item['childShardIds']?.SS ?? [],
    startingHashKey: text('startingHashKey') ?? '',
    endingHashKey: text('endingHashKey') ?? '',
    throughputKBps: number('throughputKBps'),
  };
}
