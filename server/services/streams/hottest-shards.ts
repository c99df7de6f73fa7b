import { emptyStreamValues, type Frame } from '#lib/domain/frame.ts';
import { shardFigures, shardUse, tightestLimit } from '#lib/domain/throughput.ts';

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
  const useOf = new Map<string, number>();
  for (const reading of readings) {
    if (reading.values.length === 0) continue;
    const frame: Frame = {
      periodStartMs: reading.periodStartMs,
      periodSeconds,
      topologyId: reading.topologyId,
      collectedAtMs: reading.periodStartMs,
      stream: emptyStreamValues(),
      shards: reading.values,
    };
    for (const [place, shardId] of (openShardIds.get(reading.topologyId) ?? []).entries()) {
      const { limit, use } = tightestLimit(shardUse(shardFigures(frame, place)));
      if (limit !== null && use > (useOf.get(shardId) ?? -1)) useOf.set(shardId, use);
    }
  }
  return [...useOf]
    .sort(([aId, a], [bId, b]) => b - a || (aId < bId ? -1 : 1))
    .slice(0, countMax)
    .map(([shardId]) => shardId);
}
