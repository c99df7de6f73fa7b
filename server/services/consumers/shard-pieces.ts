import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { shardIndexOf } from '#lib/domain/shard.ts';
import { ringPieceOf } from '#lib/strip/ring-shards.ts';
import { knownShards } from '#server/services/lineage/known-shards.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import type { TopologyShape } from '#server/services/streams/topology-shape.ts';

/** Where each shard of a stream lies that was ever seen, by the number in its id. */
export type ShardPieces = ReadonlyMap<number, RingPiece>;

const known = new WeakMap<TopologyShape, Promise<ShardPieces>>();

/** @param shape the topology in force */
export function shardPieces(
  ctx: Pick<ServiceContext, 'database'>,
  streamId: number,
  shape: TopologyShape,
): Promise<ShardPieces> {
  const found = known.get(shape) ?? readPieces(ctx, streamId, shape);
  known.set(shape, found);
  found.catch(() => known.delete(shape));
  return found;
}

async function readPieces(
  ctx: Pick<ServiceContext, 'database'>,
  streamId: number,
  shape: TopologyShape,
): Promise<ShardPieces> {
  const { shards } = await knownShards(ctx, streamId, shape);
  return new Map(
    shards.flatMap(({ shard }) => {
      const index = shardIndexOf(shard.shardId);
      return index === null ? [] : [[index, ringPieceOf(shard.range)] as const];
    }),
  );
}
