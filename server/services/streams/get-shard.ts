import { parseHashKey } from '#lib/domain/hash-key.ts';
import { placeOfKey } from '#lib/domain/key-lookup.ts';
import type { ShardDetail } from '#lib/live/shard-page.ts';
import type { ShardFacts } from '#lib/shards/shard-facts.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { expiredShards } from './expired-shards.ts';
import { readView, type StreamView, type ViewContext, type ViewInput } from './read-view.ts';
import { layoutOf } from './shape-layout.ts';
import { readingsOf } from './shape-readings.ts';
import { shardLine, shardsHead } from './shard-lines.ts';

/** Which shard is meant. */
export type ShardChoice =
  | { readonly by: 'id'; readonly shardId: string }
  /** The open shard that holds the key, in decimal. */
  | { readonly by: 'key'; readonly hashKey: string }
  /** Among the open shards in range order; the nearest there is. */
  | { readonly by: 'place'; readonly place: number }
  /** So many steps from `place` towards the worse (negative) or the less used; from null: the worst. */
  | { readonly by: 'use'; readonly place: number | null; readonly steps: number };

/**
 * One shard with its exact figures.
 * @returns null where the stream has none: it is one of another stream, or expired before it was first seen here
 * @throws ServiceError `not-found` where the stream is gone, `invalid` where the key is none
 */
export async function getShard(args: {
  ctx: ViewContext;
  input: ViewInput & { readonly choice: ShardChoice };
}): Promise<ShardDetail | null> {
  const { streamId, choice } = args.input;
  const view = await readView(args);
  const facts =
    choice.by === 'id'
      ? await factsById(args.ctx, streamId, view, choice.shardId)
      : openFacts(view)[placeOf(view, choice) ?? -1];
  if (facts === undefined) return null;
  const rank =
    facts.place === null ? -1 : readingsOf(view.shape, view.frame).byUse().indexOf(facts.place);
  return {
    ...shardsHead(streamId, view),
    line: shardLine(view, facts),
    rank: rank < 0 ? null : rank,
    openCount: view.shape.view.open.length,
  };
}

async function factsById(
  ctx: ViewContext,
  streamId: number,
  { shape }: StreamView,
  shardId: string,
): Promise<ShardFacts | undefined> {
  const found = layoutOf(shape).factsById.get(shardId);
  if (found !== undefined) return found;
  return (await expiredShards(ctx, streamId, shape)).find((each) => each.shard.shardId === shardId);
}

function openFacts({ shape }: StreamView): readonly ShardFacts[] {
  return layoutOf(shape).facts.slice(0, shape.view.open.length);
}

/** @returns null where no open shard holds the key */
function placeOf(view: StreamView, choice: Exclude<ShardChoice, { by: 'id' }>): number | null {
  const { shape, frame } = view;
  const clamp = (place: number) => Math.max(0, Math.min(shape.view.open.length - 1, place));
  switch (choice.by) {
    case 'place':
      return clamp(choice.place);
    case 'use': {
      const byUse = readingsOf(shape, frame).byUse();
      const from = choice.place === null ? 0 : byUse.indexOf(clamp(choice.place));
      return byUse[clamp(from + choice.steps)] ?? 0;
    }
    case 'key': {
      const key = parseHashKey(choice.hashKey);
      if (key === null) {
        throw new ServiceError('invalid', `"${choice.hashKey}" is not a hash key: 0 to 2^128 - 1.`);
      }
      const ranges = openFacts(view).map(({ range }) => range);
      return placeOfKey(ranges, key);
    }
  }
}
