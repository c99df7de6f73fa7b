import type { PlannedShardView, PlanView } from './view/plan.ts';
import { addRates, type StripShard, writeUse } from './wizard/target-strip.ts';

/** A shard of the target: how full it is, and how full the replay may make it; shares of its tighter limit. */
export type TargetUse = {
  readonly shardId: string;
  /** Decimal text. */
  readonly start: string;
  readonly recordShare: number;
  readonly live: number | null;
  /** Live traffic and the replay at its cap together; null: either is unknown. */
  readonly atCap: number | null;
};

/** In the order that they come in. */
export function targetUses(shards: readonly PlannedShardView[]): readonly TargetUse[] {
  return shards.map((shard) => {
    const { shardId, start, live, recordShare } = shard;
    const together = ratesAtCap(shard);
    return {
      shardId,
      start,
      recordShare,
      live: live === null ? null : writeUse(live),
      atCap: together === null ? null : writeUse(together),
    };
  });
}

/** Both strips of a target, in order of hash keys; null where not all of its shards are known here. */
export function targetStrips({ shards, shardCount }: PlanView['target']): {
  readonly live: readonly StripShard[];
  readonly atCap: readonly StripShard[];
} | null {
  if (shards.length < shardCount) return null;
  const inOrder = shards.toSorted((a, b) => (BigInt(a.start) < BigInt(b.start) ? -1 : 1));
  return {
    live: inOrder.map(({ start, end, live }) => ({ start, end, rates: live })),
    atCap: inOrder.map((shard) => ({
      start: shard.start,
      end: shard.end,
      rates: ratesAtCap(shard),
    })),
  };
}

function ratesAtCap({ live, cap }: PlannedShardView): StripShard['rates'] {
  return live === null || cap === null ? null : addRates(live, cap);
}
