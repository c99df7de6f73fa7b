import type { ShardReading } from '#lib/domain/shard-readings.ts';
import { UNKNOWN_READING } from '#lib/domain/shard-readings.ts';
import type { FigurePeriod } from '#lib/live/figure-period.ts';
import type { ShardDetail } from '#lib/live/shard-page.ts';
import { readShardLine } from '#lib/shards/read-shard-line.ts';
import { type RingShard, ringShard } from '#lib/strip/ring-shards.ts';
import type { AloneShard } from '#lib/strip/strip-model.ts';

/** The shard that is pointed at or walked to, with its exact figures. */
export type ActiveShard = {
  readonly place: number;
  readonly shard: RingShard;
  readonly reading: ShardReading;
  readonly period: FigurePeriod | null;
};

export function activeOfAlone(alone: AloneShard, period: FigurePeriod | null): ActiveShard {
  return { place: alone.place, shard: alone.shard, reading: alone.reading, period };
}

/** @returns null for none, and for a shard that is not open: the strip has no place for it */
export function activeOfDetail(detail: ShardDetail | null): ActiveShard | null {
  if (detail === null) return null;
  const { line, period } = detail;
  if (line.place === null) return null;
  return {
    place: line.place,
    shard: ringShard(line.shard),
    reading: readShardLine(line, period).reading ?? UNKNOWN_READING,
    period,
  };
}
