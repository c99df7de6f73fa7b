import { expect, it } from 'vitest';
import { streamRatesOf, streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import type { JudgedRow } from '#lib/streams/row-order.ts';
import { streamsInNeed } from './start-advice.ts';

const JOINER = /\u2060/g;

function judged(streamName: string, refused: number): JudgedRow {
  const row = streamRowOf({
    streamId: streamName.length,
    streamName,
    rates: streamRatesOf({ incomingRecordsPerSecond: 1_000, writeThrottledRecords: refused }),
    hottest: { shardId: 'shardId-000000000003', limit: 'writeRecords', use: 1 },
    health:
      refused > 0
        ? { level: 'critical', reason: `${refused} records refused in 5 s.` }
        : { level: 'ok', reason: 'Within its limits.' },
  });
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
  expect(found[0]?.reshards).toEqual([
    {
      label: 'Split …0003 at the load median',
      target: { goal: 'split-shard', shard: 'shardId-000000000003' },
    },
  ]);
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
