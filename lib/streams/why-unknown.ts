import { formatPeriod, type Zone } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

/** Why a stream has no figure of its own for something. */
export function whyNoRate(row: StreamRow, zone?: Zone): string {
  return row.period === null
    ? 'no period has been read from CloudWatch yet'
    : `CloudWatch has no datapoint for ${formatPeriod(row.period.startMs, row.period.seconds, zone)}`;
}

/** Why nothing is known of a stream's shards. */
export function whyNoShardFigure(row: StreamRow, zone?: Zone): string {
  return row.shardMetricsOn
    ? whyNoRate(row, zone)
    : 'shard-level metrics are off for this stream; EnableEnhancedMonitoring turns them on';
}
