import type { AdviceFacts } from '#lib/domain/advice/facts.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';

/** What one line of the Streams page tells: the newest period, and no history. */
export function rowFacts(row: StreamRow): AdviceFacts {
  const { period, rates } = row;
  return {
    mode: row.mode,
    status: row.status,
    openShardCount: row.openShardCount,
    consumerCount: row.consumerCount,
    retentionHours: row.retentionHours,
    shardMetricsOn: row.shardMetricsOn,
    present:
      period === null || rates === null
        ? null
        : {
            startMs: period.startMs,
            periodSeconds: period.seconds,
            writeBytesPerSecond: rates.incomingBytesPerSecond,
            writeRecordsPerSecond: rates.incomingRecordsPerSecond,
            readBytesPerSecond: rates.outgoingBytesPerSecond,
            throttledRecords: rates.writeThrottledRecords,
            throttledReadCalls: rates.readThrottledCalls,
            iteratorAgeMs: rates.iteratorAgeMs,
          },
    hottest: row.hottest,
    refusingShardIds: row.refusingShardIds,
    history: null,
  };
}
