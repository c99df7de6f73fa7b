import type { HashRange } from '#lib/domain/hash-range.ts';
import {
  addRates,
  NO_RATE,
  type WriteRate,
  writeUse,
} from '#lib/domain/reshard/load/write-rate.ts';
import type { ShardId } from '#lib/domain/shard.ts';

/** A planned shard: what it was to take and what it takes, each null where that is not known. */
export type PlannedShard = {
  readonly range: HashRange;
  /** null: no listing has shown it yet. */
  readonly shardId: ShardId | null;
  readonly predicted: WriteRate | null;
  readonly actual: WriteRate | null;
};

export type UseComparison = {
  readonly shards: readonly (PlannedShard & {
    /** Of the tighter write limit. */
    readonly predictedUse: number | null;
    readonly actualUse: number | null;
  })[];
  /** The busiest shard's, whichever it is; null where any shard's is not known. */
  readonly busiest: { readonly predicted: number | null; readonly actual: number | null };
  /**
   * What all shards take, as a share of what they were to take, by the limit that was to be used more: the forecast held
   * for the load of its time, and this is by how much the load is another one. null: not known, or none was foreseen.
   */
  readonly loadRatio: number | null;
};

export function compareUse(shards: readonly PlannedShard[]): UseComparison {
  const compared = shards.map((shard) => ({
    ...shard,
    predictedUse: shard.predicted === null ? null : writeUse(shard.predicted),
    actualUse: shard.actual === null ? null : writeUse(shard.actual),
  }));
  const predicted = totalOf(shards.map((shard) => shard.predicted));
  const actual = totalOf(shards.map((shard) => shard.actual));
  return {
    shards: compared,
    busiest: {
      predicted: highestOf(compared.map(({ predictedUse }) => predictedUse)),
      actual: highestOf(compared.map(({ actualUse }) => actualUse)),
    },
    loadRatio: predicted === null || actual === null ? null : ratioOf(predicted, actual),
  };
}

function totalOf(rates: readonly (WriteRate | null)[]): WriteRate | null {
  let total = NO_RATE;
  for (const rate of rates) {
    if (rate === null) return null;
    total = addRates(total, rate);
  }
  return total;
}

function highestOf(uses: readonly (number | null)[]): number | null {
  let highest = 0;
  for (const use of uses) {
    if (use === null) return null;
    highest = Math.max(highest, use);
  }
  return uses.length === 0 ? null : highest;
}

function ratioOf(predicted: WriteRate, actual: WriteRate): number | null {
  const byBytes = writeUse({ ...NO_RATE, bytesPerSecond: predicted.bytesPerSecond });
  const byRecords = writeUse({ ...NO_RATE, recordsPerSecond: predicted.recordsPerSecond });
  if (Math.max(byBytes, byRecords) === 0) return null;
  return byBytes >= byRecords
    ? actual.bytesPerSecond / predicted.bytesPerSecond
    : actual.recordsPerSecond / predicted.recordsPerSecond;
}
