import type { AdviceFacts } from '#lib/domain/advice/facts.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { windowOf, windowOfPresent } from './windows.ts';

/** From this use of 2 MiB/s on, the bytes are what readers meet; below it only 5 calls/s can be. */
const BYTES_BIND = 0.8;

const FREQUENT_SHARE = 0.05;

/**
 * Refused GetRecords calls: a shard gives all readers that share it 5 calls/s and 2 MiB/s together. Calls have no
 * shard-level metric, but where bytes are far from their limit, only calls are left.
 */
export function readThrottleRule(facts: AdviceFacts): readonly FindingOf<'reads-throttled'>[] {
  const { present, history, hottest } = facts;
  if (present === null) return [];
  const now = present.throttledReadCalls ?? 0;
  const calls = history?.refusals.throttledReadCalls ?? now;
  if (calls === 0 && now === 0) return [];
  if (now === 0 && !isFrequent(history)) return [];
  const shard = busiestReading(facts);
  return [
    {
      id: 'reads-throttled',
      severity: now > 0 ? 'warning' : 'info',
      bound:
        shard !== null
          ? shard.readBytesUse >= BYTES_BIND
            ? 'bytes'
            : 'calls'
          : hottest?.limit === 'readBytes' && hottest.use >= BYTES_BIND
            ? 'bytes'
            : 'unknown',
      throttledReadCalls: Math.max(calls, now),
      shard,
      window: history === null ? windowOfPresent(present) : windowOf(history.refusals),
    },
  ];
}

/** What is over is worth a word only where it comes again and again: a refused reader asks once more by itself. */
function isFrequent(history: AdviceFacts['history']): boolean {
  if (history === null) return false;
  const { throttledReadPeriods, periods } = history.refusals;
  return throttledReadPeriods / Math.max(1, periods) >= FREQUENT_SHARE;
}

/** Of the shards that refused calls, the one that gave most bytes in a period. */
function busiestReading({ history }: AdviceFacts): FindingOf<'reads-throttled'>['shard'] {
  const refusing = (history?.recentShards?.shards ?? []).filter(
    ({ throttledReadCalls, peak }) => throttledReadCalls > 0 && !Number.isNaN(peak.readBytes),
  );
  const busiest = refusing.toSorted((a, b) => b.peak.readBytes - a.peak.readBytes)[0];
  return busiest === undefined
    ? null
    : { shardId: busiest.shardId, readBytesUse: busiest.peak.readBytes };
}
