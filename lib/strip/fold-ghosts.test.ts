import { expect, it } from 'vitest';
import { WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import { foldGhosts } from './fold-ghosts.ts';
import type { LineageGhost } from './lineage-ghosts.ts';

const ghost = (start: number, end: number, generation = 1): LineageGhost => ({
  shardId: `shard at ${start}`,
  start,
  end,
  generation,
});

it('keeps wide ghosts apart', () => {
  expect(foldGhosts([ghost(0.5, 1), ghost(0, 0.5)], WHOLE_WINDOW)).toEqual([
    { start: 0, end: 0.5, generation: 1, shardId: 'shard at 0', count: 1 },
    { start: 0.5, end: 1, generation: 1, shardId: 'shard at 0.5', count: 1 },
  ]);
});

it('joins thin ones that stand side by side in one generation', () => {
  const thin = Array.from({ length: 5_000 }, (_, i) => ghost(i / 5_000, (i + 1) / 5_000));
  expect(foldGhosts([...thin, ghost(0, 1, 2)], WHOLE_WINDOW)).toEqual([
    { start: 0, end: 1, generation: 1, shardId: null, count: 5_000 },
    { start: 0, end: 1, generation: 2, shardId: 'shard at 0', count: 1 },
  ]);
});

it('shows them one by one from near, cut at the edges of the window', () => {
  const thin = Array.from({ length: 1_000 }, (_, i) => ghost(i / 1_000, (i + 1) / 1_000));
  const near = foldGhosts(thin, { from: 0.5005, to: 0.5025 });
  expect(near.map(({ shardId }) => shardId)).toEqual([
    'shard at 0.5',
    'shard at 0.501',
    'shard at 0.502',
  ]);
  expect(near[0]?.start).toBe(0);
  expect(near.at(-1)?.end).toBe(1);
});
