import { emptyStreamValues, type Frame } from '#lib/domain/frame.ts';
import { readingOf, type ShardReading } from '#lib/domain/shard-readings.ts';
import { shardFigures } from '#lib/domain/throughput.ts';
import type { FigurePeriod } from '#lib/live/figure-period.ts';
import type { ShardLine } from '#lib/live/shard-page.ts';
import { factsOf, type ShardFacts } from './shard-facts.ts';

/** A row of the shard table, as it is drawn. */
export type ShardRowModel = {
  readonly facts: ShardFacts;
  readonly childShardIds: readonly string[];
  /** null where nothing is known of any shard in the period, or the shard is not open. */
  readonly reading: ShardReading | null;
};

/** @param period that of the answer which the line came in */
export function readShardLine(line: ShardLine, period: FigurePeriod | null): ShardRowModel {
  return {
    facts: factsOf(line.shard, line.state, line.place),
    childShardIds: line.childShardIds,
    reading: period === null || line.values === null ? null : readValues(line.values, period),
  };
}

function readValues(values: readonly (number | null)[], period: FigurePeriod): ShardReading {
  const frame: Frame = {
    ...period,
    topologyId: 0,
    stream: emptyStreamValues(),
    shards: Float32Array.from(values, (value) => value ?? Number.NaN),
  };
  return readingOf(shardFigures(frame, 0));
}
