import { ADVICE_SETTINGS } from '#lib/domain/advice/facts.ts';
import { LIMITS, type Limit, type ShardUse } from '#lib/domain/throughput.ts';
import { limitWord } from '#lib/format/limit.ts';
import { formatUse } from '#lib/format/percent.ts';

/**
 * What merging two neighbours would mean by what they used in one period. Uses of one limit are added up, as a merged
 * shard has the limits of one.
 * @param a uses of the limits, 0 .. 1 and beyond, NaN where unknown; null where nothing is known
 */
export function mergeWords(a: ShardUse | null, b: ShardUse | null): string {
  const together = a === null || b === null ? null : tightestTogether(a, b);
  if (together === null) {
    return 'What a merged shard would use is unknown: a write figure is missing.';
  }
  const use = `Together they use ${formatUse(together.use)} of one shard’s ${limitWord(together.limit)}`;
  if (together.use >= 1) return `${use}: a merged shard would refuse.`;
  if (together.use >= ADVICE_SETTINGS.coldShare) {
    return `${use}: a merged shard would have little headroom.`;
  }
  return `${use} in this period: one shard would carry both. Advice judges by their peaks.`;
}

/** null where a write limit is not known of both: what is not measured is not cold. */
function tightestTogether(a: ShardUse, b: ShardUse): { limit: Limit; use: number } | null {
  const sums = LIMITS.map((limit) => ({ limit, use: a[limit] + b[limit] }));
  if (sums.some(({ limit, use }) => limit !== 'readBytes' && Number.isNaN(use))) return null;
  return sums.reduce((most, next) => (next.use > most.use ? next : most));
}
