import { wasReadSinceFailure } from '#lib/domain/freshness.ts';
import { HEALTH_THRESHOLDS, type Health } from '#lib/domain/health.ts';
import { shardIdInProse } from '#lib/format/shard-id.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

const HOUR_MS = 3_600_000;

/**
 * What to do about a stream's health: asks in the order of the rules that judged it (lib/domain/health.ts), so
 * that it answers the reason that stands before it. null where nothing needs doing.
 */
export function streamAdvice(row: StreamRow, health: Health): string | null {
  if (health.level === 'ok') return null;
  if (health.level === 'unknown') {
    if (row.period === null)
      return 'They come with the first full period after its metrics are read.';
    if (wasReadSinceFailure(row.collection))
      return 'The figures have been read since then all the same, and are as old as is said above. What may be out of date is the list of shards, and the settings.';
    return 'What is shown are the last figures that were read. They are renewed as soon as reading works again.';
  }
  const { rates, hottest } = row;
  const onDemand = row.mode === 'ON_DEMAND';
  const ageMax = row.retentionHours * HOUR_MS * HEALTH_THRESHOLDS.iteratorAgeShareOfRetention;
  if ((rates?.iteratorAgeMs ?? 0) > ageMax) {
    return 'Speed the slow reader up, or raise the retention before its oldest unread record expires.';
  }
  if ((rates?.writeThrottledRecords ?? 0) > 0) {
    const hot = hottest === null ? 'the hottest shard' : shardIdInProse(hottest.shardId);
    return onDemand
      ? `On-demand streams grow by themselves within minutes; one key stays at one shard's limit, and then only other keys help.`
      : `If many keys share ${hot}, split it. If a single key fills it, no split helps: spread the key, or put more into each record.`;
  }
  if (hottest !== null && hottest.use >= HEALTH_THRESHOLDS.hotShardUse) {
    const hot = shardIdInProse(hottest.shardId);
    if (hottest.limit === 'readBytes') {
      return `Readers of ${hot} share 2 MiB/s: move one of them to enhanced fan-out before they fall behind.`;
    }
    return onDemand
      ? 'Nothing to do yet: on-demand streams grow by themselves.'
      : `Plan to split ${hot} before it refuses records.`;
  }
  if ((rates?.readThrottledCalls ?? 0) > 0) {
    return 'A shard serves 5 GetRecords calls/s and 2 MiB/s to all readers together: read less often, or use enhanced fan-out.';
  }
  return row.status === 'DELETING'
    ? 'Its producers and readers will fail once it is gone; nothing brings its records back.'
    : null;
}
