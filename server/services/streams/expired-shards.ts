import { factsOf, type ShardFacts } from '#lib/shards/shard-facts.ts';
import { readExpiredShards } from '#server/db/read/expired-shards.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import type { TopologyShape } from './topology-shape.ts';

// What expired before a topology came into force does not change while it is.
const known = new WeakMap<TopologyShape, Promise<readonly ShardFacts[]>>();

/** Shards that are past retention, as far as they were seen before. */
export function expiredShards(
  ctx: Pick<ServiceContext, 'database'>,
  streamId: number,
  shape: TopologyShape,
): Promise<readonly ShardFacts[]> {
  const found =
    known.get(shape) ??
    readExpiredShards(ctx.database, streamId, shape.view.topologyId).then((rows) =>
      rows.map((row) => factsOf(row, 'expired', null)),
    );
  known.set(shape, found);
  // A failure is not what is known: the next who asks tries again.
  found.catch(() => known.delete(shape));
  return found;
}
