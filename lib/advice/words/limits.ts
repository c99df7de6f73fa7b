import type { Words } from '#lib/advice/finding-words.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { monthlyDollarsOfCustomMetrics } from '#lib/domain/cost/metric-price.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';
import { limitAmount, limitWord } from '#lib/format/limit.ts';
import { formatUse } from '#lib/format/percent.ts';
import { shardIdInProse } from '#lib/format/shard-id.ts';
import { rateOf, shardUseWords, shardWord, upperFirst } from './said.ts';

export function lagWords(found: FindingOf<'lag-nears-retention'>): Words {
  const { iteratorAgeMs, retentionMs, growthMsPerHour, lostInMs } = found;
  const share = formatUse(iteratorAgeMs / retentionMs);
  const until =
    lostInMs === null
      ? ''
      : lostInMs === 0
        ? ' Records are being lost unread.'
        : ` If it goes on so, unread records are lost from ${formatAge(lostInMs)} on.`;
  return {
    title: 'A reader is so far behind that data may be lost',
    sentence: `The slowest reader is ${formatAge(iteratorAgeMs)} behind, ${share} of the retention of ${formatAge(retentionMs)}.${until}`,
    todo: 'Raise the retention first, which takes seconds and loses nothing; then speed the slow reader up, before its oldest unread record expires.',
    figures: [
      { name: 'Iterator age (maximum)', value: formatAge(iteratorAgeMs) },
      { name: 'Retention', value: formatAge(retentionMs) },
      {
        name: 'Growth of the lag',
        value:
          growthMsPerHour === null
            ? 'not known'
            : `${growthMsPerHour < 0 ? '−' : '+'}${formatAge(Math.abs(growthMsPerHour))} an hour`,
      },
    ],
  };
}

export function nearLimitWords({ shard, onDemand }: FindingOf<'shard-nears-limit'>): Words {
  const id = shardIdInProse(shard.shardId);
  const todo =
    shard.limit === 'readBytes'
      ? `Readers of ${id} share 2 MiB/s: move one of them to enhanced fan-out before they fall behind.`
      : onDemand
        ? 'Nothing to do yet: on-demand streams grow by themselves.'
        : `Plan to split ${id} before it refuses records.`;
  return {
    title: `${upperFirst(shardWord(shard.shardId))} comes near its limit`,
    sentence: `${upperFirst(shardUseWords(shard))}.`,
    todo,
    figures: [
      { name: `Use of ${limitWord(shard.limit)}`, value: formatUse(shard.use) },
      { name: 'Limit of one shard', value: limitAmount(shard.limit) },
    ],
  };
}

export function growthWords(found: FindingOf<'on-demand-growth'>): Words {
  const { limit, perSecond, capacityPerSecond, peakBefore } = found;
  const isOver = perSecond > capacityPerSecond;
  return {
    title: isOver
      ? 'The stream grows faster than on-demand follows'
      : 'The stream nears what on-demand takes at once',
    sentence: `${rateOf(limit, perSecond)} are written; the stream takes ${rateOf(limit, capacityPerSecond)} at once: twice its highest of the last 30 days, or what a new stream begins with.`,
    todo: 'Growth beyond that may be refused for up to 15 minutes: let producers retry with back-off, or raise the load in steps. An account with On-demand Advantage can warm the stream up beforehand.',
    figures: [
      { name: 'Written now', value: rateOf(limit, perSecond) },
      { name: 'Taken at once', value: rateOf(limit, capacityPerSecond) },
      { name: 'Highest before', value: rateOf(limit, peakBefore.perSecond) },
    ],
  };
}

export function metricsOffWords({ openShardCount }: FindingOf<'shard-metrics-off'>): Words {
  const all = monthlyDollarsOfCustomMetrics(openShardCount * SHARD_METRICS.length);
  return {
    title: 'Which shard is hot is not known',
    sentence: `Shard-level metrics are off: what is advised rests on figures of the whole stream. All ${SHARD_METRICS.length} for ${countOf(openShardCount, 'open shard')} cost ${formatDollars(all)} a month.`,
    todo: 'Switch on those that you need, below; IncomingBytes, IncomingRecords and WriteProvisionedThroughputExceeded tell which shard is hot and why.',
    figures: [
      { name: 'Open shards', value: String(openShardCount) },
      { name: 'All shard-level metrics, a month', value: formatDollars(all) },
    ],
  };
}
