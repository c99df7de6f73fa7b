import { HASH_KEY_SPACE } from '#lib/domain/hash-key.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { type Boundaries, rangesOf, uniformBoundaries } from '#lib/domain/reshard/boundaries.ts';
import type { GoalContext } from '#lib/domain/reshard/goals/goal.ts';
import type { Layout } from '#lib/domain/reshard/layout.ts';
import { loadFromShards } from '#lib/domain/reshard/load/load-from-shards.ts';
import { shardIdOf } from '#lib/domain/shard.ts';

/** For tests: shards 0, 1, 2... over these boundaries. */
export function layoutOf(boundaries: Boundaries): Layout {
  return rangesOf(boundaries).map((range, i) => ({ shardId: shardIdOf(i), range }));
}

/**
 * A provisioned stream of equal shards with room for 1,000, whose shards use these shares of 1 MiB/s; null: unknown.
 * What is read of them is unknown.
 */
export function contextOf(
  uses: readonly (number | null)[],
  change: Partial<GoalContext> = {},
): GoalContext {
  const layout = change.layout ?? layoutOf(uniformBoundaries(uses.length));
  return {
    mode: 'PROVISIONED',
    layout,
    load: loadFromShards(
      layout.map(({ range }, i) => {
        const use = uses[i] ?? null;
        return {
          range,
          rate: use === null ? null : { bytesPerSecond: use * MEBIBYTE, recordsPerSecond: use },
        };
      }),
    ),
    reads: new Map(),
    peakShardsMax: 1_000,
    shardCountCallsLeft: 10,
    ...change,
  };
}

/** The first key of the `i`th of `count` equal parts of the ring. */
export function partStart(i: number, count: number): bigint {
  return (HASH_KEY_SPACE * BigInt(i)) / BigInt(count);
}
