import type { LineageShardView } from '#lib/lineage/lineage-map.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { readView, type ViewContext } from '#server/services/streams/read-view.ts';
import { knownShards } from './known-shards.ts';
import { lineageShardView } from './lineage-shard-view.ts';

/**
 * The life and family of one shard.
 * @throws ServiceError `not-found` where the stream never had such a shard, as far as was seen
 */
export async function getLineageShard(args: {
  ctx: ViewContext;
  input: { readonly streamId: number; readonly shardId: string };
}): Promise<LineageShardView> {
  const { streamId, shardId } = args.input;
  const { shape } = await readView({ ...args, input: { streamId, at: null, heardMs: null } });
  const known = await knownShards(args.ctx, streamId, shape);
  const found = known.byId.get(shardId);
  if (found === undefined) {
    throw new ServiceError(
      'not-found',
      'The stream has no such shard: it is one of another stream, or expired before it was first seen here.',
    );
  }
  return lineageShardView(found, known);
}
