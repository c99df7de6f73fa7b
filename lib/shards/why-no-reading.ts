import { formatPeriod, type Zone } from '#lib/format/time.ts';
import type { ShardsHead } from '#lib/live/shard-page.ts';

/** Why a shard may lack a figure, given the period that was asked for. */
export function whyNoReading(
  { period, hasShardFigures }: Pick<ShardsHead, 'period' | 'hasShardFigures'>,
  zone: Zone,
): string {
  if (period === null) return 'no period has been read from CloudWatch for these shards yet';
  if (!hasShardFigures) {
    return 'shard-level metrics are off for this stream; EnableEnhancedMonitoring turns them on';
  }
  return `CloudWatch has no datapoint for ${formatPeriod(period.periodStartMs, period.periodSeconds, zone)}`;
}
