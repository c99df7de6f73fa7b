import type { Frame } from '#lib/domain/frame.ts';
import { shardValue } from '#lib/domain/frame.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import type { ShardLine, ShardsHead } from '#lib/live/shard-page.ts';
import type { ShardFacts } from '#lib/shards/shard-facts.ts';
import { figurePeriod } from './figure-period.ts';
import type { StreamView } from './read-view.ts';
import { layoutOf } from './shape-layout.ts';

/** @param facts of one shard of the topology in `view`, or of an expired one */
export function shardLine({ shape, frame }: StreamView, facts: ShardFacts): ShardLine {
  return {
    shard: facts.shard,
    state: facts.state,
    place: facts.place,
    childShardIds: layoutOf(shape).childrenOf.get(facts.shard.shardId) ?? [],
    values:
      frame === null || frame.shards.length === 0 || facts.place === null
        ? null
        : valuesAt(frame, facts.place),
  };
}

export function shardsHead(streamId: number, { shape, frame }: StreamView): ShardsHead {
  return {
    streamId,
    topologyId: shape.view.topologyId,
    period: figurePeriod(frame),
    hasShardFigures: frame !== null && frame.shards.length > 0,
  };
}

function valuesAt(frame: Frame, place: number): readonly (number | null)[] {
  return SHARD_METRICS.map((metric) => {
    const value = shardValue(frame, metric, place);
    return Number.isNaN(value) ? null : value;
  });
}
