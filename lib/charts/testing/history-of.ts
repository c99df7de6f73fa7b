import {
  type Line,
  type ShardHistory,
  type StreamHistory,
  shardLinesOf,
  streamLinesOf,
} from '#lib/charts/stream-history.ts';

/** A history of 5 s periods from 0 on, of two shards, for tests. `refused` by shard 3 and 7. */
export function historyOf(
  count: number,
  refused: (i: number) => readonly [number | null, number | null] = () => [0, 0],
): StreamHistory {
  const line = (value: (i: number) => number | null): Line =>
    Array.from({ length: count }, (_, i) => value(i));
  const shard = (shardId: string, share: number, which: 0 | 1): ShardHistory => ({
    shardId,
    lines: shardLinesOf((name) => {
      if (name === 'writeBytesPerSecond') return line(() => share * 1_048_576);
      if (name === 'writeRecordsPerSecond') return line(() => share * 1_000);
      return name === 'writeThrottledRecords' ? line((i) => refused(i)[which]) : line(() => 0);
    }),
  });
  return {
    streamId: 1,
    periodSeconds: 5,
    periodStartMs: Array.from({ length: count }, (_, i) => i * 5_000),
    partialSeconds: null,
    stream: streamLinesOf((name) => {
      if (name === 'writeThrottledRecords') {
        return line((i) => (refused(i)[0] ?? 0) + (refused(i)[1] ?? 0) + 1);
      }
      if (name === 'openShardCount') return line(() => 8);
      if (name.endsWith('BytesPerSecond')) return line(() => 2_000_000);
      return name.endsWith('RecordsPerSecond') ? line(() => 2_000) : line(() => 0);
    }),
    hottest: [shard('shardId-000000000003', 0.97, 0), shard('shardId-000000000007', 0.4, 1)],
  };
}
