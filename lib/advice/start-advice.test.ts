import { expect, it } from 'vitest';
import type { StreamRow } from '#lib/live/stream-row.ts';
import type { JudgedRow } from '#lib/streams/row-order.ts';
import { streamsInNeed } from './start-advice.ts';

const JOINER = /\u2060/g;

function judged(streamName: string, refused: number): JudgedRow {
  const row: StreamRow = {
    streamId: streamName.length,
    connection: 'local',
    streamName,
    streamArn: `arn:aws:kinesis:eu-west-1:000000000000:stream/${streamName}`,
    createdAtMs: 0,
    status: 'ACTIVE',
    mode: 'PROVISIONED',
    openShardCount: 12,
    consumerCount: 0,
    retentionHours: 24,
    encryption: 'NONE',
    shardMetricsOn: true,
    collection: { collectedAtMs: 0, cadenceSeconds: 5, failure: null },
    period: { startMs: 0, seconds: 5 },
    rates: {
      incomingBytesPerSecond: 2_000_000,
      incomingRecordsPerSecond: 1_000,
      outgoingBytesPerSecond: 0,
      outgoingRecordsPerSecond: 0,
      writeThrottledRecords: refused,
      readThrottledCalls: 0,
      iteratorAgeMs: 0,
    },
    hottest: { shardId: 'shardId-000000000003', limit: 'writeRecords', use: 1 },
    miniStrip: null,
    health:
      refused > 0
        ? { level: 'critical', reason: `${refused} records refused in 5 s.` }
        : { level: 'ok', reason: 'Within its limits.' },
  };
  return { row, fresh: 'fresh' };
}

it('says of the worst streams which shard is hot, why it throttles, and what to do', () => {
  const found = streamsInNeed([judged('quiet', 0), judged('tweets', 1_250)], 2);
  expect(found.map(({ row }) => row.streamName)).toEqual(['tweets']);
  const words = found[0]?.words;
  expect(words?.title.replace(JOINER, '')).toBe('Shard …0003 refuses records');
  // 1,250 of 6,250 tried in 5 s.
  expect(words?.sentence.replace(JOINER, '')).toBe(
    '1,250 records of those tried (20 %) were refused in 5 s. Hottest is shard …0003 at 100 % of its limit of 1,000 rec/s in write records.',
  );
  expect(words?.todo.replace(JOINER, '')).toMatch(/^If many keys share …0003, split it\./);
});

it('names as many as were asked for, and says nothing of figures that are old', () => {
  const rows = [judged('a', 5_000), judged('bb', 5_000), judged('ccc', 5_000)];
  expect(streamsInNeed(rows, 2)).toHaveLength(2);
  expect(
    streamsInNeed(
      rows.map(({ row }) => ({ row, fresh: 'stale' as const })),
      2,
    ),
  ).toEqual([]);
});
