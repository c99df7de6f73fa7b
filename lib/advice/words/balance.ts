import type { Words } from '#lib/advice/finding-words.ts';
import type { Evenness } from '#lib/domain/advice/evenness.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { countOf } from '#lib/format/count.ts';
import { limitWord } from '#lib/format/limit.ts';
import { formatShare, formatUse } from '#lib/format/percent.ts';
import { shardIdInProse } from '#lib/format/shard-id.ts';
import { shardUseWords, spanWords, upperFirst } from './said.ts';

export function balanceWords(found: FindingOf<'load-uneven'>): Words {
  const { evenness, hottest, meanUse, openShardCount, window } = found;
  return {
    title: `The load is ${evenness.words}`,
    sentence: `On average of ${spanWords(window)}, ${shardUseWords(hottest)} carries ${times(evenness)} the mean of ${countOf(openShardCount, 'shard')} (${formatUse(meanUse)}).`,
    todo: `Split ${shardIdInProse(hottest.shardId)} rather than all: more shards elsewhere do not relieve it. Where one key makes it hot, only other keys do.`,
    figures: [
      { name: `Hottest, ${limitWord(hottest.limit)}`, value: formatUse(hottest.use) },
      { name: 'Mean of the shards', value: formatUse(meanUse) },
      ...evennessFigures(evenness),
    ],
  };
}

export function rangeWords(found: FindingOf<'ranges-uneven'>): Words {
  const { evenness, widest, openShardCount } = found;
  const id = shardIdInProse(widest.shardId);
  return {
    title: `The hash-key ranges are ${evenness.words}`,
    sentence: `${upperFirst(`shard ${id}`)} has ${formatShare(widest.rangeShare)} of the hash-key space, ${times(evenness)} the mean of ${countOf(openShardCount, 'shard')}: with many keys it gets as much more of the load.`,
    todo: `Split ${id} in its middle when the load grows; UpdateShardCount makes all ranges alike.`,
    figures: [
      { name: 'Widest range', value: formatShare(widest.rangeShare) },
      ...evennessFigures(evenness),
    ],
  };
}

function times({ maxToMean }: Evenness): string {
  return `${maxToMean.toFixed(1)} times`;
}

function evennessFigures({ maxToMean, gini }: Evenness) {
  return [
    { name: 'Greatest over mean', value: maxToMean.toFixed(2) },
    { name: 'Gini coefficient, 0 even to 1 one-sided', value: gini.toFixed(2) },
  ];
}
