import { countOf } from '#lib/format/count.ts';

/**
 * Where a shard stands among the open ones by use of its tightest limit. The page's “hottest” is sought among those
 * that refuse, where any does: a mean may be higher elsewhere, and the two must not seem to contradict each other.
 * @param rank from 0, the highest use first
 * @param isHottest the page names it as the hottest
 */
export function rankWords(rank: number, openCount: number, isHottest: boolean): string {
  if (openCount === 1) return 'the only open shard';
  const place = rank === 0 ? 'highest use' : `number ${rank + 1} by use`;
  const words = `${place} of ${countOf(openCount, 'open shard')}`;
  return rank > 0 && isHottest ? `${words}, hottest of those that refuse records` : words;
}
