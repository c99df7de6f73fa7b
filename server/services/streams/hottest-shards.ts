import { tightestUses } from '#lib/domain/tightest-uses.ts';

/** The values of all shards that were open in one topology, in one period. */
export type ShardReading = {
  readonly periodStartMs: number;
  readonly topologyId: number;
  readonly values: Float32Array;
};

/**
 * The shards whose use of their tightest limit was highest in any of the readings, worst first. Shards that
 * were closed meanwhile count too: a split is seen as a line that ends and two that begin.
 *
 * @param openShardIds of each topology, in the order of its frames' columns
 */
export function hottestShards(
  readings: readonly ShardReading[],
  openShardIds: ReadonlyMap<number, readonly string[]>,
  periodSeconds: number,
  countMax: number,
): readonly string[] {
  const worstOf = new Map<number, Float64Array>();
  for (const { topologyId, values } of readings) {
    if (values.length === 0) continue;
    const uses = tightestUses(values, periodSeconds);
    const worst = worstOf.get(topologyId);
    if (worst === undefined) worstOf.set(topologyId, uses);
    else keepWorse(worst, uses);
  }
  const useOf = new Map<string, number>();
  for (const [topologyId, uses] of worstOf) {
    for (const [place, shardId] of (openShardIds.get(topologyId) ?? []).entries()) {
      const use = uses[place] ?? Number.NaN;
      if (use > (useOf.get(shardId) ?? -1)) useOf.set(shardId, use);
    }
  }
  return [...useOf]
    .sort(([aId, a], [bId, b]) => b - a || (aId < bId ? -1 : 1))
    .slice(0, countMax)
    .map(([shardId]) => shardId);
}

/** Puts into `worst` what is worse in `uses`; a figure goes before none. */
function keepWorse(worst: Float64Array, uses: Float64Array): void {
  for (const [place, use] of uses.entries()) {
    const before = worst[place] ?? Number.NaN;
    if (use > before || Number.isNaN(before)) worst[place] = use;
  }
}
