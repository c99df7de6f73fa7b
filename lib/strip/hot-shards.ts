import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import type { ShardReading } from '#lib/domain/shard-readings.ts';
import { isKnown } from '#lib/format/quantity.ts';
import type { StripModel } from './strip-model.ts';

/** Offered at a time: where more are hot, the stream is too small as a whole. */
const HOT_MAX = 3;

/**
 * The shards that stand alone on the strip and whose writes come near a limit or are refused, the hottest first: a
 * split may relieve them.
 */
export function hotShardIds({ alone }: Pick<StripModel, 'alone'>): readonly string[] {
  return [...alone.values()]
    .filter(({ reading }) => isHot(reading))
    .sort((a, b) => writeUse(b.reading) - writeUse(a.reading))
    .slice(0, HOT_MAX)
    .map(({ shard }) => shard.shardId);
}

/** Whether a split may relieve a shard: what its readers use, it does not. */
export function isHot(reading: ShardReading): boolean {
  return (
    writeUse(reading) >= HEALTH_THRESHOLDS.hotShardUse || reading.figures.writeThrottledRecords > 0
  );
}

/** 0, which is above no threshold, where no write limit is known. */
function writeUse({ use: { writeBytes, writeRecords } }: ShardReading): number {
  return Math.max(0, ...[writeBytes, writeRecords].filter(isKnown));
}
