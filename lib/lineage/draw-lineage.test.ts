import { describe, expect, it } from 'vitest';
import { boxAt, drawLineage, type LineageView } from './draw-lineage.ts';
import { kinOf } from './kin.ts';
import type { LineageBandView, LineageMap, LineageShardView } from './lineage-map.ts';
import { bandWords, fateWords, lifeLines, originWords } from './lineage-words.ts';
import { moveBand } from './move-band.ts';

const T0 = Date.UTC(2026, 0, 1, 12, 0, 0);
const END = 2n ** 128n - 1n;
const MIDDLE = 2n ** 127n;
const context = { retentionHours: 24, nowMs: T0 + 60_000, zone: 'UTC' };

function shardView(
  index: number,
  [from, to]: readonly [bigint, bigint],
  family: { readonly parents?: readonly number[]; readonly children?: readonly number[] },
): LineageShardView {
  const idOf = (n: number) => `shardId-${String(n).padStart(12, '0')}`;
  const relatives = (of: readonly number[] = []) =>
    of.map((n) => ({ shardId: idOf(n), state: 'open' as const }));
  const [parent, adjacent] = family.parents ?? [];
  return {
    shard: {
      shardId: idOf(index),
      startingHashKey: String(from),
      endingHashKey: String(to),
      parentShardId: parent === undefined ? null : idOf(parent),
      adjacentParentShardId: adjacent === undefined ? null : idOf(adjacent),
      startingSequenceNumber: '1',
      endingSequenceNumber: null,
    },
    state: (family.children ?? []).length > 0 ? 'closed' : 'open',
    createdAtMs: index === 0 ? T0 : T0 + 30_000,
    endedAtMs: index === 0 ? T0 + 30_000 : null,
    parents: relatives(family.parents),
    children: relatives(family.children),
  };
}

const root = shardView(0, [0n, END], { children: [1, 2] });
const left = shardView(1, [0n, MIDDLE - 1n], { parents: [0] });
const right = shardView(2, [MIDDLE, END], { parents: [0] });

function bandOf(shard: LineageShardView, start: number, end: number): LineageBandView {
  const { state, createdAtMs, endedAtMs } = shard;
  return { start, end, state, createdAtMs, endedAtMs, count: 1, shard };
}

/** A shard that was split after 30 of 60 seconds. */
const map: LineageMap = {
  streamId: 1,
  topologyId: 1,
  window: { from: 0, to: 1 },
  fromMs: T0,
  toMs: T0 + 60_000,
  bands: [bandOf(root, 0, 1), bandOf(left, 0, 0.5), bandOf(right, 0.5, 1)],
  marks: [{ kind: 'split', at: 0.5, atMs: T0 + 30_000, count: 1 }],
  counts: { open: 2, closed: 1, expired: 0 },
  undatedCount: 0,
  oldestCreatedAtMs: T0,
};
const view: LineageView = {
  window: { from: 0, to: 1 },
  fromMs: T0,
  toMs: T0 + 60_000,
  width: 400,
  height: 200,
};

describe('drawLineage', () => {
  it('lets time run down and the ring run right', () => {
    const { boxes, splits, labels } = drawLineage(map, view);
    expect(boxes.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [0, 0, 400, 100],
      [0, 100, 200, 100],
      [200, 100, 200, 100],
    ]);
    expect(splits).toContain('M200 93V100');
    expect(labels.map(({ text }) => text)).toEqual(['…0000', '…0001', '…0002']);
  });

  it('cuts bands to the part of ring and time that is drawn', () => {
    const { boxes } = drawLineage(map, {
      ...view,
      window: { from: 0.5, to: 1 },
      fromMs: T0 + 45_000,
    });
    expect(
      boxes.map(({ band, x, width, height }) => [
        band.shard?.shard.shardId.at(-1),
        x,
        width,
        height,
      ]),
    ).toEqual([['2', 0, 400, 200]]);
  });

  it('finds the band under a point, and none beside', () => {
    const drawing = drawLineage(map, view);
    expect(boxAt(drawing, 199, 150)?.band).toBe(map.bands[1]);
    expect(boxAt(drawing, 200, 99)?.band).toBe(map.bands[0]);
    expect(boxAt(drawing, 401, 99)).toBeNull();
  });
});

describe('moveBand', () => {
  it('walks from side to side, to a child and back to the parent', () => {
    const { boxes } = drawLineage(map, view);
    const [first = null, second = null, third = null] = boxes;
    expect(moveBand(boxes, null, 'right')).toBe(first);
    expect(moveBand(boxes, first, 'left')).toBe(first);
    expect(moveBand(boxes, third, 'right')).toBe(third);
    expect(moveBand(boxes, first, 'child')).toBe(second);
    expect(moveBand(boxes, third, 'parent')).toBe(first);
    expect(moveBand(boxes, third, 'child')).toBe(third);
  });
});

describe('kinOf', () => {
  it('has ancestors and descendants, not siblings', () => {
    const all = [root, left, right];
    expect([...kinOf(left.shard.shardId, all)]).toEqual([root.shard.shardId]);
    expect([...kinOf(root.shard.shardId, all)]).toHaveLength(2);
  });
});

describe('words of a life', () => {
  it('say where a shard came from and what became of it', () => {
    expect(fateWords(root)).toBe('split into …0001 and …0002');
    expect(originWords(left.parents)).toBe('split of …0000');
    expect(fateWords(left)).toBe('neither split nor merged');
    expect(originWords([])).toMatch(/^made with the stream/);
  });

  it('say until when a closed shard can be read', () => {
    const readable = (nowMs: number) =>
      lifeLines(root, { ...context, nowMs }).find(({ name }) => name === 'Readable')?.value;
    expect(readable(T0 + 60_000)).toBe('until 2026-01-02 12:00:30 UTC, 23 h 59 min more');
    expect(readable(T0 + 25 * 3_600_000)).toMatch(/^not any more/);
  });

  it('say that a time is unknown', () => {
    const words = bandWords({ ...bandOf(left, 0, 0.5), createdAtMs: null }, context);
    expect(words).toContain('created at an unknown time');
    const unknown = lifeLines({ state: 'closed', createdAtMs: null, endedAtMs: null }, context);
    expect(unknown.map(({ value }) => value.slice(0, 7))).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'as long',
    ]);
  });
});
