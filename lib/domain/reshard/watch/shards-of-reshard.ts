import type { HashRange } from '#lib/domain/hash-range.ts';
import type { LineageShard } from '#lib/domain/lineage.ts';
import { type Boundaries, rangesOf } from '#lib/domain/reshard/boundaries.ts';
import type { ShardId } from '#lib/domain/shard.ts';

/** What a reshard made of a stream's shards; `children` are those that it made and left open, in range order. */
export type ShardsOfReshard = {
  /** Those that it closed, oldest first; such as it made itself before are among them. */
  readonly parents: readonly LineageShard[];
  readonly children: readonly LineageShard[];
  /** Ranges that it made and whose shards no listing has shown yet. */
  readonly unseen: readonly HashRange[];
  /** All ranges of the layout that it reached, those that it left alone among them; null: not seen. */
  readonly layout: readonly { readonly range: HashRange; readonly shard: LineageShard | null }[];
};

/** A shard's creation is known to the second, and not by the clock that a job's times are by. */
const CLOCKS_APART_MS = 2_000;

/**
 * Finds them in the lineage by their ranges: shard ids are Kinesis's, and no plan knows them before.
 * @param all every shard of the stream that was ever seen
 * @param of `from` and `reached`: the boundaries before it and after the steps that are done; epoch milliseconds, null
 *   while it is not over
 */
export function shardsOfReshard(
  all: readonly LineageShard[],
  of: {
    readonly from: Boundaries;
    readonly reached: Boundaries;
    readonly beganAtMs: number;
    readonly endedAtMs: number | null;
  },
): ShardsOfReshard {
  const before = new Set(rangesOf(of.from).map(rangeKey));
  const earliestMs = of.beganAtMs - CLOCKS_APART_MS;
  const latestMs = (of.endedAtMs ?? Number.POSITIVE_INFINITY) + CLOCKS_APART_MS;
  const made = new Map<string, LineageShard>();
  const kept = new Map<string, LineageShard>();
  const byId = new Map<ShardId, LineageShard>();
  for (const each of all) {
    byId.set(each.shard.shardId, each);
    const { createdAtMs } = each;
    if (createdAtMs !== null && createdAtMs > latestMs) continue;
    // The youngest of the time: an earlier reshard, just before, may have made the same range.
    kept.set(rangeKey(each.shard.range), each);
    if (createdAtMs === null || createdAtMs >= earliestMs)
      made.set(rangeKey(each.shard.range), each);
  }
  const children: LineageShard[] = [];
  const unseen: HashRange[] = [];
  const layout = rangesOf(of.reached).map((range) => {
    if (before.has(rangeKey(range))) return { range, shard: kept.get(rangeKey(range)) ?? null };
    const child = made.get(rangeKey(range)) ?? null;
    if (child === null) unseen.push(range);
    else children.push(child);
    return { range, shard: child };
  });
  // A range of before that was made again meanwhile is one of its own.
  const wasBefore = ({ shard, createdAtMs }: LineageShard) =>
    before.has(rangeKey(shard.range)) && (createdAtMs ?? 0) <= of.beganAtMs + CLOCKS_APART_MS;
  return { parents: ancestorsOf(children, byId, wasBefore), children, unseen, layout };
}

/** Up to the shards that were there before it. */
function ancestorsOf(
  children: readonly LineageShard[],
  byId: ReadonlyMap<ShardId, LineageShard>,
  wasBefore: (shard: LineageShard) => boolean,
): readonly LineageShard[] {
  const found = new Map<ShardId, LineageShard>();
  const toVisit = [...children];
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    if (wasBefore(next)) continue;
    for (const id of [next.shard.parentShardId, next.shard.adjacentParentShardId]) {
      const parent = id === null ? undefined : byId.get(id);
      if (parent === undefined || found.has(parent.shard.shardId)) continue;
      found.set(parent.shard.shardId, parent);
      toVisit.push(parent);
    }
  }
  // Shards are numbered as they are made.
  return [...found.values()].sort(
    (a, b) =>
      a.shard.shardId.length - b.shard.shardId.length ||
      (a.shard.shardId < b.shard.shardId ? -1 : 1),
  );
}

/** Two ranges have the same exactly where they are the same. */
export function rangeKey({ start, end }: HashRange): string {
  return `${start}-${end}`;
}
