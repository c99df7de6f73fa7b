import type { Health } from '#lib/domain/health.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

/**
 * What to do about a stream's health, in the order of the rules that judged it (lib/domain/health.ts); null
 * where nothing needs doing.
 */
export function streamAdvice(row: StreamRow, health: Health): string | null {
  if (health.level === 'ok') return null;
  if (health.level === 'unknown') {
    if (row.period === null)
      return 'They come with the first full period after its metrics are read.';
    return 'What is shown are the last figures that were read. They are renewed as soon as reading works again.';
  }
  const refused = row.rates?.writeThrottledRecords ?? 0;
  const hot = row.hottest === null ? 'the hottest shard' : shortShardId(row.hottest.shardId);
  if (health.level === 'critical' && refused === 0) {
    return 'Speed the slow reader up, or raise the retention before its oldest unread record expires.';
  }
  if (refused > 0) {
    return row.mode === 'ON_DEMAND'
      ? `On-demand streams grow by themselves within minutes; one key stays at one shard's limit, and then only other keys help.`
      : `If many keys share ${hot}, split it. If a single key fills it, no split helps: spread the key, or put more into each record.`;
  }
  if (row.hottest !== null && row.hottest.limit === 'readBytes') {
    return `Readers of ${hot} share 2 MiB/s: move one of them to enhanced fan-out before they fall behind.`;
  }
  if ((row.rates?.readThrottledCalls ?? 0) > 0 && health.reason.includes('GetRecords')) {
    return 'A shard serves 5 GetRecords calls/s and 2 MiB/s to all readers together: read less often, or use enhanced fan-out.';
  }
  return row.mode === 'ON_DEMAND'
    ? 'Nothing to do yet: on-demand streams grow by themselves.'
    : `Plan to split ${hot} before it refuses records.`;
}
