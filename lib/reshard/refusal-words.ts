import type { Refusal } from '#lib/domain/reshard/plan.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import { shardIdInProse } from '#lib/format/shard-id.ts';
import type { GoalInput } from './goal-input.ts';

/**
 * Why there is no plan, and what would help: one or two sentences.
 * @param goal what was wanted, as nothing to do means another thing where load decides
 */
export function refusalWords(refusal: Refusal, goal?: GoalInput['kind']): string {
  switch (refusal.why) {
    case 'on-demand':
      return 'AWS chooses the shards of an on-demand stream: they cannot be split, merged or counted by hand. Switch it to provisioned first, or warm it up for a load to come.';
    case 'nothing-to-do':
      return goal === 'rebalance' || goal === 'scale-to-fit'
        ? 'By the load looked at, the shards are as good as that already: no other cut relieves the busiest by more than the slack that is allowed.'
        : 'The shards are like that already.';
    case 'no-such-shard':
      return `There is no open shard ${shardIdInProse(refusal.shardId)}: it was split or merged meanwhile. Look at the strip again.`;
    case 'too-narrow':
      return `Shard ${shardIdInProse(refusal.shardId)} holds too few hash keys to be cut: each side of a cut needs two.`;
    case 'cannot-split-there':
      return `Shard ${shardIdInProse(refusal.shardId)} cannot be split at ${refusal.at}: the key must lie between ${refusal.range.start + 2n} and ${refusal.range.end - 1n}, so that each side keeps two.`;
    case 'not-neighbours':
      return `Shards ${refusal.shardIds.map(shardIdInProse).join(' and ')} do not adjoin: Kinesis merges two that lie side by side on the ring.`;
    case 'bad-shard-count':
      return refusal.fault === 'not-a-count'
        ? 'A stream takes a whole number of shards, 1 or more.'
        : `A stream takes at most 10,000 shards; ${formatCount(refusal.count)} are more.`;
    case 'bad-boundaries':
      return 'Boundaries are the first hash keys of the shards but the first: ascending, each once, above 0 and below 2^128.';
    case 'load-unknown':
      return `The load of ${countOf(refusal.ranges.length, 'shard')} is not known, so nothing can be cut by it. Switch on the shard-level metrics IncomingBytes and IncomingRecords, and wait for a period; or choose what needs no load: a cut in the middle, or a number of shards.`;
    case 'no-load':
      return 'Nothing was written in the time that was looked at, so there is no load to cut by. Choose a longer time, or scale to a number of shards.';
    case 'already-alone':
      return `Shard ${shardIdInProse(refusal.shardId)} holds hardly more than this key: it cannot be narrower.`;
    case 'none-cold':
      return `No two neighbours stay below ${formatUse(refusal.useMax)} of one shard’s limits together.`;
    case 'unreachable-boundaries': {
      const [first] = refusal.unreachable;
      const nearest = first?.nearest == null ? '' : ` The nearest that can be is ${first.nearest}.`;
      return `${first === undefined ? 'A boundary' : `The boundary ${first.wanted}`} cannot be made: each side of a split keeps two hash keys or more.${nearest}`;
    }
    case 'peak-too-low':
      return `On the way, ${formatCount(refusal.smallest)} shards must be open at a time, since a boundary is added before one is taken away; ${formatCount(refusal.peakShardsMax)} may be. Ask AWS for a higher shard quota, or choose fewer shards.`;
  }
}
