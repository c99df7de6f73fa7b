import { rangeShare } from '#lib/domain/hash-range.ts';
import type { ShardReading } from '#lib/domain/shard-readings.ts';
import { formatCount } from '#lib/format/count.ts';
import { shortHashKey } from '#lib/format/hash-key.ts';
import { formatShare, formatUse } from '#lib/format/percent.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { LIMIT_NAMES } from './limit-lines.ts';
import type { RingShard } from './ring-shards.ts';

/**
 * A frame in words, for those who hear the strip.
 * @example 'shardId-000000000003: 97 % of write bytes, 0.97 MiB/s and 612 rec/s in; range 40000000… to 4fffffff…, 6.3 % of the ring'
 */
export function describeShard(shard: RingShard, reading: ShardReading): string {
  const range = `range ${shortHashKey(shard.range.start)} to ${shortHashKey(shard.range.end)}, ${formatShare(rangeShare(shard.range))} of the ring`;
  const { limit, use } = reading.tightest;
  if (limit === null) return `${shard.shardId}: no datapoint; ${range}`;
  const { figures } = reading;
  const rates = `${formatBytesPerSecond(figures.writeBytesPerSecond)} and ${formatRecordsPerSecond(figures.writeRecordsPerSecond)} in`;
  return `${shard.shardId}: ${formatUse(use)} of ${LIMIT_NAMES[limit]}, ${rates}${refusals(reading)}; ${range}`;
}

function refusals({ figures }: ShardReading): string {
  const parts = [
    figures.writeThrottledRecords > 0
      ? `${formatCount(figures.writeThrottledRecords)} records refused`
      : null,
    figures.readThrottledCalls > 0
      ? `${formatCount(figures.readThrottledCalls)} reads refused`
      : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '' : `, ${parts.join(' and ')}`;
}
