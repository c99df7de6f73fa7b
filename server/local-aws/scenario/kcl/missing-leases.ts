import type { ShardDescription } from '#server/local-aws/scenario/kinesis-client-port.ts';
import type { Library, StartAt } from './consumer-plan.ts';
import { type Lease, SHARD_END, TRIM_HORIZON } from './lease.ts';

export type MissingLease = { readonly shard: ShardDescription; readonly checkpoint: string };

/**
 * The leases that an application makes for one stream, after HierarchicalShardSyncer.java of
 * awslabs/amazon-kinesis-client:
 * - on an empty table, from LATEST or a time on: each open shard, there;
 * - on an empty table, from TRIM_HORIZON: the oldest shards, since their children get leases when they are read to
 *   their end; version 1 makes all of them at once, and lets the children wait;
 * - later: shards without a lease, nor one of a descendant, once the leases of their parents are at SHARD_END; a
 *   shard of which no ancestor has one either begins where the application does.
 * @param leases of this stream
 */
export function missingLeases(
  shards: readonly ShardDescription[],
  leases: readonly Lease[],
  { library, startAt }: { readonly library: Library; readonly startAt: StartAt },
): readonly MissingLease[] {
  const listed = new Map(shards.map((shard) => [shard.shardId, shard]));
  const leased = new Map(leases.map((lease) => [lease.shardId, lease]));
  const closed = new Set(shards.flatMap(({ parentShardIds }) => parentShardIds));
  const isFromStart = startAt.type === TRIM_HORIZON;
  const isEmpty = leases.length === 0;
  if (isEmpty && isFromStart && library === 'kcl-1') {
    return shards.map((shard) => ({ shard, checkpoint: TRIM_HORIZON }));
  }
  const passed = ancestorsOf([...leased.keys()], listed);
  return shards.flatMap((shard): readonly MissingLease[] => {
    const { shardId, parentShardIds } = shard;
    if (leased.has(shardId) || passed.has(shardId)) return [];
    const parents = parentShardIds.flatMap((id) => leased.get(id) ?? []);
    if (parents.length > 0) {
      const isTurn = parents.every(({ checkpoint }) => checkpoint === SHARD_END);
      return isTurn ? [{ shard, checkpoint: TRIM_HORIZON }] : [];
    }
    // Its parent is still to come, when what is before it has been read to its end; and it comes with its parent's end.
    if (
      ancestorsOf([shardId], listed)
        .values()
        .some((id) => leased.has(id))
    )
      return [];
    // What came before the application's beginning is left out; what comes after it is read from its oldest part on,
    // unless the application is past that already.
    const isTurn = isFromStart
      ? !parentShardIds.some((id) => listed.has(id) && !passed.has(id))
      : !closed.has(shardId);
    return isTurn ? [{ shard, checkpoint: startAt.type }] : [];
  });
}

/** All shards that came before the given ones. */
function ancestorsOf(
  shardIds: readonly string[],
  listed: ReadonlyMap<string, ShardDescription>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const next = [...shardIds];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    for (const parent of listed.get(id)?.parentShardIds ?? []) {
      if (!found.has(parent)) {
        found.add(parent);
        next.push(parent);
      }
    }
  }
  return found;
}
