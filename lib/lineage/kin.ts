import type { LineageShardView } from './lineage-map.ts';

/** Ancestors and descendants of a shard, as far as `shards` has them; without itself. */
export function kinOf(shardId: string, shards: readonly LineageShardView[]): ReadonlySet<string> {
  const byId = new Map(shards.map((each) => [each.shard.shardId, each]));
  const kin = new Set<string>();
  const follow = (of: (shard: LineageShardView) => readonly { readonly shardId: string }[]) => {
    const open = [shardId];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const shard = byId.get(id);
      if (shard === undefined) continue;
      for (const relative of of(shard)) {
        if (kin.has(relative.shardId)) continue;
        kin.add(relative.shardId);
        open.push(relative.shardId);
      }
    }
  };
  follow(({ parents }) => parents);
  follow(({ children }) => children);
  kin.delete(shardId);
  return kin;
}
