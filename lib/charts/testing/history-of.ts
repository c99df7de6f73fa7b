import type { StreamHistory } from '#lib/live/stream-detail.ts';

/** A history of 5 s periods from 0 on, of two shards, for tests. `refused` by shard 3 and 7. */
export function historyOf(
  count: number,
  refused: (i: number) => readonly [number | null, number | null] = () => [0, 0],
): StreamHistory {
  const line = (value: (i: number) => number | null) =>
    Array.from({ length: count }, (_, i) => value(i));
  const shard = (shardId: string, share: number, which: 0 | 1) => ({
    shardId,
    incomingBytesPerSecond: line(() => share * 1_048_576),
    incomingRecordsPerSecond: line(() => share * 1_000),
    writeThrottledRecords: line((i) => refused(i)[which]),
  });
  return {
    streamId: 1,
    periodSeconds: 5,
    periodStartMs: line((i) => i * 5_000) as number[],
    incomingBytesPerSecond: line(() => 2_000_000),
    incomingRecordsPerSecond: line(() => 2_000),
    outgoingBytesPerSecond: line(() => 2_000_000),
    outgoingRecordsPerSecond: line(() => 2_000),
    writeThrottledRecords: line((i) => (refused(i)[0] ?? 0) + (refused(i)[1] ?? 0) + 1),
    readThrottledCalls: line(() => 0),
    openShardCount: line(() => 8),
    hottest: [shard('shardId-000000000003', 0.97, 0), shard('shardId-000000000007', 0.4, 1)],
  };
}
