import {
  MergeShardsCommand,
  type PutRecordCommandOutput,
  type Shard,
  SplitShardCommand,
  UpdateShardCountCommand,
  type UpdateShardCountCommandOutput,
} from '@aws-sdk/client-kinesis';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { gapIn, openShards, type Range, rangeOf } from './hash-keys.ts';
import { increases } from './sequence-number.ts';
import { put } from './writing.ts';

/** A stream whose shards cannot be split, merged or counted by hand. */
export const ON_DEMAND = { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } as const;

/** Splits, and waits until the stream is ACTIVE again; all shards then, by id. */
export async function split(
  t: CaseTools,
  stream: string,
  shardId: string,
  at: bigint | string,
): Promise<Shard[]> {
  await t.kinesis.send(
    new SplitShardCommand({
      StreamName: stream,
      ShardToSplit: shardId,
      NewStartingHashKey: at.toString(),
    }),
  );
  await t.streams.active(stream);
  return t.streams.shards(stream);
}

/** Merges, and waits until the stream is ACTIVE again; all shards then, by id. */
export async function merge(
  t: CaseTools,
  stream: string,
  left: string,
  right: string,
): Promise<Shard[]> {
  await t.kinesis.send(
    new MergeShardsCommand({
      StreamName: stream,
      ShardToMerge: left,
      AdjacentShardToMerge: right,
    }),
  );
  await t.streams.active(stream);
  return t.streams.shards(stream);
}

/** Scales, and waits until the stream is ACTIVE again. */
export async function scale(
  t: CaseTools,
  stream: string,
  count: number,
): Promise<{ readonly answer: UpdateShardCountCommandOutput; readonly shards: Shard[] }> {
  const answer = await t.kinesis.send(
    new UpdateShardCountCommand({
      StreamName: stream,
      TargetShardCount: count,
      ScalingType: 'UNIFORM_SCALING',
    }),
  );
  await t.streams.active(stream);
  return { answer, shards: await t.streams.shards(stream) };
}

/**
 * Puts a record until it goes to another shard than a closed one: "Kinesis will continue to put records in the
 * 'closed' shard until the time has clocked over to the new shard's create time".
 */
export function putPast(
  t: CaseTools,
  stream: string,
  closedShard: string,
  data: string,
  hashKey: bigint,
): Promise<PutRecordCommandOutput> {
  return t.eventually(`a record is put past ${closedShard}`, async () => {
    const answer = await put(t, stream, data, hashKey);
    return answer.ShardId === closedShard ? undefined : answer;
  });
}

/** The shard of this id. @throws where it is not listed */
export function shardOf(shards: readonly Shard[], id: string): Shard {
  const found = shards.find(({ ShardId }) => ShardId === id);
  if (found === undefined) throw new Error(`${id} is not listed.`);
  return found;
}

/** What is said of a shard, in the words of the API, for comparing. */
export function lineOf(shard: Shard): Record<string, string | undefined> {
  return {
    id: shard.ShardId,
    parent: shard.ParentShardId,
    adjacent: shard.AdjacentParentShardId,
    from: shard.HashKeyRange?.StartingHashKey,
    to: shard.HashKeyRange?.EndingHashKey,
  };
}

/**
 * What is wrong in the lineage of a stream's shards, in words; nothing where nothing is:
 * - the open shards are the whole space once
 * - each parent named is listed and closed, and overlaps its child; the two parents of a merge are its range
 * - a closed shard ends after its start, and its children start after its end
 */
export function faultsOfLineage(shards: readonly Shard[]): string[] {
  const byId = new Map(shards.map((shard) => [shard.ShardId, shard]));
  const gap = gapIn(openShards(shards).map(rangeOf));
  const faults = gap === undefined ? [] : [`open shards: ${gap}`];
  for (const shard of shards) {
    const { StartingSequenceNumber: start, EndingSequenceNumber: end } =
      shard.SequenceNumberRange ?? {};
    if (end !== undefined && !increases([start, end])) {
      faults.push(`${shard.ShardId} ends at ${end}, which is not after its start ${start}`);
    }
    const parentIds = [shard.ParentShardId, shard.AdjacentParentShardId];
    for (const id of parentIds.filter((one) => one !== undefined)) {
      faults.push(...faultsOfParent(shard, id, byId.get(id)));
    }
  }
  return faults;
}

function faultsOfParent(child: Shard, id: string, parent: Shard | undefined): string[] {
  if (parent === undefined) return [`${child.ShardId} has a parent ${id} that is not listed`];
  const faults: string[] = [];
  const end = parent.SequenceNumberRange?.EndingSequenceNumber;
  const start = child.SequenceNumberRange?.StartingSequenceNumber;
  if (end === undefined) faults.push(`${id} is open, though ${child.ShardId} is its child`);
  else if (!increases([end, start])) {
    faults.push(`${child.ShardId} starts at ${start}, which is not after the end ${end} of ${id}`);
  }
  if (!overlap(rangeOf(child), rangeOf(parent))) {
    faults.push(`${child.ShardId} has no hash key of its parent ${id}`);
  }
  return faults;
}

function overlap(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}
