import type { Finding, FindingOf } from '#lib/domain/advice/finding.ts';
import { countOf } from '#lib/format/count.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { ReshardTarget } from '#lib/reshard/reshard-target.ts';

/** A plan that would do what a finding advises: named, and where it opens. Nothing is done before it is confirmed there. */
export type AdvisedReshard = { readonly label: string; readonly target: ReshardTarget };

/** Pairs that are offered by themselves; a stream of thousands of cold shards has as many. */
const PAIRS_OFFERED = 3;

/** The reshards that help against what was found, the likeliest first; none where no reshard does. */
export function advisedReshards(finding: Finding): readonly AdvisedReshard[] {
  switch (finding.id) {
    case 'writes-throttled':
      return againstRefusals(finding);
    case 'shard-nears-limit':
      // A reader of its own is the cure of reads, and on-demand streams grow by themselves.
      return finding.onDemand || finding.shard.limit === 'readBytes'
        ? []
        : [split(finding.shard.shardId)];
    case 'too-few-shards':
    case 'too-many-shards':
      return [scale(finding.needed.shards)];
    case 'load-uneven':
      return [
        split(finding.hottest.shardId),
        {
          label: `Rebalance ${countOf(finding.openShardCount, 'shard')} by load`,
          target: { goal: 'rebalance', count: finding.openShardCount },
        },
      ];
    case 'ranges-uneven': {
      const { shardId } = finding.widest;
      return [
        {
          label: `Split ${shortShardId(shardId)} in its middle`,
          target: { goal: 'split-shard', shard: shardId, cut: 'middle' },
        },
      ];
    }
    case 'cold-neighbours':
      return ofColdPairs(finding);
    case 'lag-nears-retention':
    case 'reads-throttled':
    case 'on-demand-growth':
    case 'shard-metrics-off':
      return [];
  }
}

function againstRefusals(found: FindingOf<'writes-throttled'>): readonly AdvisedReshard[] {
  const { pattern, spread, shard, throttledShardIds, shardsNeededAtLeast: needed } = found;
  // What is over, or one burst, needs no shard.
  if (found.onDemand || pattern === 'over' || pattern === 'burst') return [];
  if (spread === 'whole-stream') {
    return needed === null || needed <= found.openShardCount ? [] : [scale(needed)];
  }
  if (throttledShardIds.length > 0) return throttledShardIds.map(split);
  return shard === null ? [] : [split(shard.shardId)];
}

function ofColdPairs({ pairs }: FindingOf<'cold-neighbours'>): readonly AdvisedReshard[] {
  const each = pairs.slice(0, PAIRS_OFFERED).map(
    ({ shardIds: [left, right] }): AdvisedReshard => ({
      label: `Merge ${shortShardId(left)} and ${shortShardId(right)}`,
      target: { goal: 'merge-shards', shard: left, side: 'right' },
    }),
  );
  return pairs.length < 2
    ? each
    : [...each, { label: 'Merge all that are cold', target: { goal: 'merge-cold' } }];
}

function split(shardId: string): AdvisedReshard {
  return {
    label: `Split ${shortShardId(shardId)} at the load median`,
    target: { goal: 'split-shard', shard: shardId },
  };
}

function scale(count: number): AdvisedReshard {
  return {
    label: `Scale to ${countOf(count, 'shard')}`,
    target: { goal: 'scale-to-count', count },
  };
}
