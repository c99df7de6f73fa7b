import { expect, test } from 'vitest';
import { cellWords } from './cell-words.ts';
import { heatWords } from './heat-words.ts';

const CELL = {
  status: 'OK',
  atLeastSeconds: 2,
  atMostSeconds: 4,
  asOfMs: 92_000,
  shard: 12,
  owner: 'worker-2',
} as const;

test('a cell of a row says whose lag it is, of when, and who owns the lease', () => {
  expect(cellWords(CELL, 1, 100_000)).toEqual({
    shard: 'shardId-000000000012',
    status: 'OK',
    lag: '2–4 s behind, as of 8 s ago',
    owner: 'owned by worker-2',
  });
  expect(cellWords(CELL, 40, 100_000).shard).toBe('shardId-000000000012, the worst of 40 shards');
  expect(cellWords({ ...CELL, status: null, shard: null }, 3, 0).status).toBe('No lease');
  expect(cellWords({ ...CELL, status: 'DONE' }, 1, 0).lag).toBe('worked off');
});

test('a cell of a heat map says of which period it is, and that nothing was recorded', () => {
  const cell = { ...CELL, band: 0, column: 0, periodStartMs: 60_000 };
  expect(heatWords(cell, 60, 'UTC')).toEqual({
    shardId: 'shardId-000000000012',
    period: '00:01:00–00:02:00 UTC',
    status: 'OK',
    lag: '2–4 s behind',
  });
  expect(heatWords({ ...cell, status: null }, 60, 'UTC')).toMatchObject({
    shardId: null,
    status: 'Nothing recorded',
  });
});
