import type { ShardPage, ShardRowsWanted } from '#lib/live/shard-page.ts';
import { answerOffset } from '#lib/shards/rows-wanted.ts';
import { expiredShards } from './expired-shards.ts';
import { readView, type ViewContext, type ViewInput } from './read-view.ts';
import { layoutOf } from './shape-layout.ts';
import { readingsOf } from './shape-readings.ts';
import { shardLine, shardsHead } from './shard-lines.ts';

/** `limit` rows of the shard table from `offset` on, or around the chosen shard; all of one period. */
export async function listShards(args: {
  ctx: ViewContext;
  input: ViewInput & ShardRowsWanted;
}): Promise<ShardPage> {
  const { streamId, arrangement, limit, chosenShardId, aroundChosen } = args.input;
  const view = await readView(args);
  const { shape, frame } = view;
  const expired = arrangement.withExpired ? await expiredShards(args.ctx, streamId, shape) : [];
  const lines = readingsOf(shape, frame).arranged(arrangement, expired);
  const isChosen = (facts: { readonly shard: { readonly shardId: string } }) =>
    facts.shard.shardId === chosenShardId;
  const chosenAt = chosenShardId === null ? -1 : lines.findIndex(({ facts }) => isChosen(facts));
  const chosen =
    chosenShardId === null
      ? undefined
      : (layoutOf(shape).factsById.get(chosenShardId) ?? expired.find(isChosen));
  const isAround = aroundChosen && chosenAt >= 0;
  const offset = answerOffset(args.input.offset, limit, isAround ? chosenAt : null);
  return {
    ...shardsHead(streamId, view),
    counts: {
      open: shape.view.open.length,
      closed: shape.view.closed.length,
      expired: arrangement.withExpired ? expired.length : null,
    },
    matched: lines.length,
    offset,
    lines: lines.slice(offset, offset + limit).map(({ facts }) => shardLine(view, facts)),
    chosenShardId,
    chosenAt: chosenAt < 0 ? null : chosenAt,
    chosenState: chosen?.state ?? null,
  };
}
