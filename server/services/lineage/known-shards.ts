import { parseHashKey } from '#lib/domain/hash-key.ts';
import { hashRange } from '#lib/domain/hash-range.ts';
import { type LineageShard, lineageOf } from '#lib/domain/lineage.ts';
import { parseSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { Shard } from '#lib/domain/shard.ts';
import type { ShardRow } from '#lib/live/stream-detail.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { expiredShards } from '#server/services/streams/expired-shards.ts';
import type { TopologyShape } from '#server/services/streams/topology-shape.ts';

/** All shards of a stream that were ever seen, oldest first, with their lives. */
export type KnownShards = {
  readonly shards: readonly LineageShard[];
  readonly byId: ReadonlyMap<string, LineageShard>;
};

// What was known when a topology came into force does not change while it is; forgotten with it.
const known = new WeakMap<TopologyShape, Promise<KnownShards>>();

/** @param shape the topology in force: what it lacks and earlier ones have is expired */
export function knownShards(
  ctx: Pick<ServiceContext, 'database'>,
  streamId: number,
  shape: TopologyShape,
): Promise<KnownShards> {
  const found = known.get(shape) ?? readKnownShards(ctx, streamId, shape);
  known.set(shape, found);
  // A failure is not what is known: the next who asks tries again.
  found.catch(() => known.delete(shape));
  return found;
}

async function readKnownShards(
  ctx: Pick<ServiceContext, 'database'>,
  streamId: number,
  shape: TopologyShape,
): Promise<KnownShards> {
  const expired = await expiredShards(ctx, streamId, shape);
  const { open, closed, observedAtMs } = shape.view;
  const shards = lineageOf([
    { observedAtMs: 0, shards: expired.map(({ shard }) => shardOf(shard)) },
    { observedAtMs, shards: [...open, ...closed].map(shardOf) },
  ]);
  return { shards, byId: new Map(shards.map((each) => [each.shard.shardId, each])) };
}

/** @throws RangeError where a stored figure is none: a defect, not a state to show */
function shardOf(row: ShardRow): Shard {
  const start = parseHashKey(row.startingHashKey);
  const end = parseHashKey(row.endingHashKey);
  if (start === null || end === null) throw new RangeError(`${row.shardId} has no hash range`);
  return {
    shardId: row.shardId,
    range: hashRange(start, end),
    parentShardId: row.parentShardId,
    adjacentParentShardId: row.adjacentParentShardId,
    startingSequenceNumber: sequenceOf(row, row.startingSequenceNumber),
    endingSequenceNumber:
      row.endingSequenceNumber === null ? null : sequenceOf(row, row.endingSequenceNumber),
  };
}

function sequenceOf(row: ShardRow, text: string): SequenceNumber {
  const parsed = parseSequenceNumber(text);
  if (parsed === null) throw new RangeError(`${row.shardId}: "${text}" is no sequence number`);
  return parsed;
}
