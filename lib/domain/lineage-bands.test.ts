import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BIRTH_SECONDS,
  growingStream,
  reshardSteps,
  sequenceAt,
} from './growing-stream-fixture.ts';
import { uniformRanges } from './hash-range.ts';
import { type LineageShard, lineageOf, wasOpenAt } from './lineage.ts';
import { type LineageBand, lineageBands } from './lineage-bands.ts';
import { WHOLE_WINDOW } from './ring-map.ts';
import { shardIdOf } from './shard.ts';

const BIRTH_MS = BIRTH_SECONDS * 1_000;
const frame = { window: WHOLE_WINDOW, fromMs: BIRTH_MS - 10_000, toMs: BIRTH_MS + 1_000_000 };

/** Do these stretches lie side by side, from one end of the window to the other? */
function coversOnce(bands: readonly LineageBand[]): boolean {
  const sorted = [...bands].sort((a, b) => a.start - b.start);
  return (
    sorted.length > 0 &&
    sorted.every((band, i) => band.start === (sorted[i - 1]?.end ?? 0)) &&
    sorted.at(-1)?.end === 1
  );
}

const aliveAt = (ms: number) => (band: LineageBand) =>
  band.shard !== null && wasOpenAt(band.shard, ms) === true;

/** So many thin shards, all split at once `seconds` after their creation. */
function manyShards(count: number, seconds: number): readonly LineageShard[] {
  const shardsOf = (n: number, first: number, at: number, end: number | null) =>
    uniformRanges(n).map((range, i) => ({
      shardId: shardIdOf(first + i),
      range,
      parentShardId: at === 0 ? null : shardIdOf(Math.floor(i / 2)),
      adjacentParentShardId: null,
      startingSequenceNumber: sequenceAt(first + i, BIRTH_SECONDS + at, BIRTH_SECONDS + at),
      endingSequenceNumber: end === null ? null : sequenceAt(first + i, BIRTH_SECONDS, end),
    }));
  const old = shardsOf(count, 0, 0, BIRTH_SECONDS + seconds);
  return lineageOf([
    { observedAtMs: 0, shards: [...old, ...shardsOf(2 * count, count, seconds, null)] },
  ]);
}

describe('lineageBands', () => {
  it('covers the ring exactly once at every second, while each shard has a band', () => {
    fc.assert(
      fc.property(reshardSteps, (plan) => {
        const stream = growingStream();
        for (const { kind, place, wait } of plan) {
          stream.wait(wait);
          stream[kind === 'split' ? 'split' : 'merge'](place);
        }
        const { bands, undatedCount } = lineageBands(
          lineageOf(stream.observed),
          // Rows of less than a second: what has lived is seen.
          { ...frame, toMs: stream.nowMs() + 1_000 },
          Number.POSITIVE_INFINITY,
        );
        expect(undatedCount).toBe(0);
        // Many ranges in few seconds: some are too small for the grid, and are counted instead.
        const shardCount = bands.reduce((sum, { count }) => sum + count, 0);
        expect(shardCount).toBe(stream.shards().length);
        if (bands.some(({ count }) => count > 1)) return;
        for (let ms = BIRTH_MS; ms <= stream.nowMs(); ms += 1_000) {
          expect(coversOnce(bands.filter(aliveAt(ms)))).toBe(true);
        }
      }),
    );
  });

  it('draws few bands of many shards, and loses none of them', () => {
    const shards = manyShards(5_000, 600);
    const { bands } = lineageBands(shards, frame, 400);
    expect(bands.length).toBeLessThanOrEqual(400);
    expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe(15_000);
    const open = bands.filter(({ state }) => state === 'open');
    expect(coversOnce(open)).toBe(true);
    expect(new Set(open.map(({ createdAtMs }) => createdAtMs))).toEqual(
      new Set([BIRTH_MS + 600_000]),
    );
  });

  it('shows the shards of a part of the ring each for itself', () => {
    const narrow = { ...frame, window: { from: 0.5, to: 0.51 } };
    const { bands } = lineageBands(manyShards(5_000, 600), narrow, 400);
    expect(bands.every(({ count }) => count === 1)).toBe(true);
    expect(bands.length).toBe(150);
    expect(Math.min(...bands.map(({ start }) => start))).toBe(0);
    expect(Math.max(...bands.map(({ end }) => end))).toBe(1);
  });

  it('leaves out what ended before and what began after the time that is looked at', () => {
    const shards = manyShards(2, 600);
    const states = (fromMs: number, toMs: number) =>
      lineageBands(shards, { window: WHOLE_WINDOW, fromMs, toMs }, 400).bands.map(
        ({ state }) => state,
      );
    expect(states(BIRTH_MS + 1_000, BIRTH_MS + 2_000)).toEqual(['closed', 'closed']);
    expect(states(BIRTH_MS + 700_000, BIRTH_MS + 900_000)).toEqual(Array(4).fill('open'));
  });

  it('counts shards whose end nobody knows, and draws those whose creation nobody knows from before all', () => {
    const [parent, child] = manyShards(1, 600);
    if (parent === undefined || child === undefined) throw new Error('The fixture has shards.');
    const { bands, undatedCount } = lineageBands(
      [
        { ...parent, state: 'expired', endedAtMs: null },
        { ...child, createdAtMs: null },
      ],
      frame,
      400,
    );
    expect(undatedCount).toBe(1);
    expect(bands).toMatchObject([{ createdAtMs: null, state: 'open', start: 0, end: 0.5 }]);
  });
});
