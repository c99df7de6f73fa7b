/** What was recorded of a stream in a period. A period that was not read is not among them. */
export type RecordedPeriod = {
  readonly startMs: number;
  readonly periodSeconds: number;
  readonly openShardCount: number;
  /** As AutoscaleFacts.loadShards, of the period; null: CloudWatch has no datapoint, as where nothing was tried. */
  readonly loadShards: number | null;
  /** What was tried: with what was refused, which producers may have sent several times; null as `loadShards`. */
  readonly triedShards: number | null;
  /** Of the shard that was used most; null: shard-level metrics are off, or were not looked at. */
  readonly busiestUse: number | null;
  readonly refused: boolean;
  readonly lagMs: number | null;
};

/** The highest of a time looked back at. */
export type LookBack = {
  /** null: not known of all of that time. */
  readonly loadShards: number | null;
  readonly busiestUse: number | null;
  readonly refused: boolean;
};

/**
 * The highest of the periods up to place `last` that reach beyond `sinceMs`. A load is told only where they follow one
 * another without a gap from `sinceMs` on. A period without a datapoint is one in which nothing was tried, but only
 * while others of them have one: where all are without, CloudWatch may be what is silent, and nothing is known.
 *
 * @param periods ascending, without overlap
 * @param changedAtMs when the shards were last changed: what single shards did before, and what they refused, is past.
 *   null: not in that time
 */
export function lookBack(
  periods: readonly RecordedPeriod[],
  last: number,
  sinceMs: number,
  changedAtMs: number | null,
): LookBack {
  let loadShards: number | null = null;
  let busiestUse: number | null = null;
  let refused = false;
  let reachesTo = Number.POSITIVE_INFINITY;
  let isWhole = true;
  for (let i = last; i >= 0 && reachesTo > sinceMs; i -= 1) {
    const period = periods[i];
    if (period === undefined) break;
    const endMs = period.startMs + period.periodSeconds * 1_000;
    if (endMs <= sinceMs) break;
    if (i < last && endMs < reachesTo) isWhole = false;
    reachesTo = period.startMs;
    loadShards = highest(loadShards, period.loadShards);
    if (changedAtMs !== null && period.startMs < changedAtMs) continue;
    busiestUse = highest(busiestUse, period.busiestUse);
    refused ||= period.refused;
  }
  return {
    loadShards: isWhole && reachesTo <= sinceMs ? loadShards : null,
    busiestUse,
    refused,
  };
}

function highest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
