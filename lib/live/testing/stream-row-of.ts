import type { StreamRow } from '#lib/live/stream-row.ts';

/** The row of a provisioned stream of 12 shards that does well, its hottest near its limit, but for `change`. */
export function streamRowOf(change: Partial<StreamRow> = {}): StreamRow {
  return {
    streamId: 1,
    connection: 'local',
    streamName: 'tweets',
    streamArn: `arn:aws:kinesis:eu-west-1:000000000000:stream/${change.streamName ?? 'tweets'}`,
    createdAtMs: Date.UTC(2026, 10, 23, 7, 30),
    status: 'ACTIVE',
    mode: 'PROVISIONED',
    openShardCount: 12,
    consumerCount: 0,
    retentionHours: 24,
    encryption: 'NONE',
    shardMetricsOn: true,
    collection: { collectedAtMs: 0, cadenceSeconds: 5, failure: null },
    period: { startMs: 0, seconds: 5 },
    rates: streamRatesOf(),
    hottest: { shardId: 'shardId-000000000003', limit: 'writeBytes', use: 0.9 },
    refusingShardIds: [],
    miniStrip: null,
    consumers: null,
    health: { level: 'ok', reason: 'Within its limits.' },
    ...change,
  };
}

type StreamRates = NonNullable<StreamRow['rates']>;

/** A trickle, nothing refused, no reader behind, but for `change`. */
export function streamRatesOf(change: Partial<StreamRates> = {}): StreamRates {
  return {
    incomingBytesPerSecond: 1,
    incomingRecordsPerSecond: 1,
    outgoingBytesPerSecond: 1,
    outgoingRecordsPerSecond: 1,
    writeThrottledRecords: 0,
    readThrottledCalls: 0,
    iteratorAgeMs: 0,
    ...change,
  };
}
