import { hashKey } from '#lib/domain/hash-key.ts';
import type { Goal } from '#lib/domain/reshard/goals/goal.ts';
import { planGoal } from '#lib/domain/reshard/goals/plan-goal.ts';
import { contextOf } from '#lib/domain/reshard/testing/goal-context.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { median } from './median.ts';

const SHARDS = 10_000;
/** The first runs of each goal are of code that is not compiled yet: they are not counted. */
const WARM_UP = 3;
const RUNS = 9;

/**
 * Milliseconds of CPU for planning a reshard of 10,000 unevenly used shards, goal by goal: the median of nine runs each, with
 * room for all shards and with room for one more than there are. `worstMs` is the highest of these medians.
 */
export async function run(): Promise<Record<string, number>> {
  const uses = unevenUses(SHARDS);
  const medians: Record<string, number> = {};
  for (const [name, goal] of GOALS) {
    for (const peakShardsMax of [2 * SHARDS, SHARDS + 1]) {
      const ctx = contextOf(uses, { peakShardsMax, shardCountCallsLeft: 0 });
      const times: number[] = [];
      for (let run = 0; run < WARM_UP + RUNS; run += 1) {
        const startedMs = cpuMs();
        planGoal(ctx, goal);
        if (run >= WARM_UP) times.push(cpuMs() - startedMs);
      }
      const key = `${name}${peakShardsMax === 2 * SHARDS ? '' : 'Tight'}Ms`;
      medians[key] = Number(median(times).toFixed(1));
    }
  }
  return { shards: SHARDS, worstMs: Math.max(...Object.values(medians)), ...medians };
}

/** Of this process: what else the machine does is no matter of a plan. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const GOALS: readonly (readonly [name: string, goal: Goal])[] = [
  ['split', { kind: 'split-shard', shardId: shardIdOf(5_000), cut: { by: 'load-median' } }],
  ['merge', { kind: 'merge-shards', shardIds: [shardIdOf(9_998), shardIdOf(9_999)] }],
  ['scale', { kind: 'scale-to-count', count: 7_001 }],
  ['scaleToFit', { kind: 'scale-to-fit', headroom: 0.3 }],
  ['rebalance', { kind: 'rebalance', count: SHARDS, slack: 0.05 }],
  ['isolate', { kind: 'isolate-key', at: hashKey(2n ** 99n) }],
  ['mergeCold', { kind: 'merge-cold', useMax: 0.5 }],
  [
    'boundaries',
    {
      kind: 'boundaries',
      boundaries: Array.from({ length: SHARDS - 1 }, (_, i) =>
        hashKey((2n ** 128n * BigInt(2 * i + 1)) / BigInt(2 * SHARDS)),
      ),
    },
  ],
];

/** Most shards are cold and some are hot, in no order; the same at each run. */
function unevenUses(count: number): readonly number[] {
  let seed = 7;
  return Array.from({ length: count }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (seed / 2_147_483_648) ** 4;
  });
}
