import { formatPeriod } from '#lib/format/time.ts';
import type { FrameView } from '#lib/live/stream-detail.ts';

/** Why a shard may lack a figure, given the newest frame there is. */
export function whyNoReading(frame: FrameView | null): string {
  if (frame === null) return 'no period has been read from CloudWatch for these shards yet';
  if (frame.shardValues === '') {
    return 'shard-level metrics are off for this stream; EnableEnhancedMonitoring turns them on';
  }
  return `CloudWatch has no datapoint for ${formatPeriod(frame.periodStartMs, frame.periodSeconds)}`;
}
