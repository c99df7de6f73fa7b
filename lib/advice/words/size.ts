import type { Words } from '#lib/advice/finding-words.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';
import { limitAmount, limitWord } from '#lib/format/limit.ts';
import { formatUse } from '#lib/format/percent.ts';
import { shardIdInProse } from '#lib/format/shard-id.ts';
import { rateOf, spanWords } from './said.ts';

/** Pairs that are named; a stream of thousands of cold shards has as many. */
const PAIRS_NAMED = 3;

export function sizeWords(found: FindingOf<'too-few-shards' | 'too-many-shards'>): Words {
  const { openShardCount, needed, peak, headroom } = found;
  const rate = rateOf(needed.limit, peak.perSecond);
  const why = `The highest load on record (${spanWords(found.window)}) was ${rate} in ${limitWord(needed.limit)}; with ${formatUse(headroom)} above it, spread evenly, that takes ${countOf(needed.shards, 'shard')}. ${formatCount(openShardCount)} ${openShardCount === 1 ? 'is' : 'are'} open.`;
  const figures = [
    { name: `Highest ${limitWord(needed.limit)}, mean of ${peak.periodSeconds} s`, value: rate },
    { name: 'Limit of one shard', value: limitAmount(needed.limit) },
    { name: 'Headroom', value: formatUse(headroom) },
    { name: 'Shards needed', value: formatCount(needed.shards) },
    { name: 'Shards open', value: formatCount(openShardCount) },
  ];
  if (found.id === 'too-few-shards') {
    return {
      title: `Too few shards for the highest load: ${formatCount(openShardCount)} of ${formatCount(needed.shards)}`,
      sentence: why,
      todo: `Go to ${countOf(needed.shards, 'shard')} before that load comes again. Means of ${peak.periodSeconds} s hide higher seconds.`,
      figures,
    };
  }
  return {
    title: `Shards to spare: ${formatCount(openShardCount)} where ${formatCount(needed.shards)} would do`,
    sentence: why,
    todo: `Merging down to ${countOf(needed.shards, 'shard')} would save about ${formatDollars(found.savedDollarsPerMonth)} a month by list price. Keep them where a higher load is to come.`,
    figures: [
      ...figures,
      { name: 'To save, a month', value: formatDollars(found.savedDollarsPerMonth) },
    ],
  };
}

export function coldWords(found: FindingOf<'cold-neighbours'>): Words {
  const { pairs, coldShare, savedDollarsPerMonth, window } = found;
  const named = pairs
    .slice(0, PAIRS_NAMED)
    .map(({ shardIds }) => shardIds.map(shardIdInProse).join(' and '))
    .join(', ');
  const more = pairs.length - PAIRS_NAMED;
  const isShort = window.toMs - window.fromMs < 24 * 3_600_000;
  return {
    title: `${countOf(pairs.length, 'pair')} of cold neighbours`,
    sentence: `${named}${more > 0 ? `, and ${countOf(more, 'more', 'more')}` : ''}: in ${spanWords(window)} the two of a pair together stayed below ${formatUse(coldShare)} of each limit of one shard.`,
    todo: `Merge them, and save about ${formatDollars(savedDollarsPerMonth)} a month by list price.${isShort ? ' Wait for a whole day of figures first: this is less.' : ''}`,
    figures: [
      { name: 'Pairs', value: formatCount(pairs.length) },
      {
        name: 'Highest use of a merged shard, at most',
        value: formatUse(pairs.reduce((max, { use }) => Math.max(max, use), 0)),
      },
      { name: 'To save, a month', value: formatDollars(savedDollarsPerMonth) },
    ],
  };
}
