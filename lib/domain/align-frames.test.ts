import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alignFrames,
  type FrameTopology,
  openShardsIn,
  type StreamReading,
  topologiesSince,
} from './align-frames.ts';
import { type Frame, shardValue, streamValue } from './frame.ts';
import { SHARD_METRICS, STREAM_METRICS } from './shard-metric.ts';

const PERIOD_MS = 5_000;

const columns = (records: readonly number[]) =>
  SHARD_METRICS.map((metric) => (metric === 'IncomingRecords' ? Float32Array.from(records) : null));

function reading(
  periods: number,
  shards: Readonly<Record<string, readonly number[]>>,
): StreamReading {
  return {
    window: { startMs: 0, endMs: periods * PERIOD_MS, periodSeconds: PERIOD_MS / 1000 },
    stream: STREAM_METRICS.map(() => new Float32Array(periods).fill(1)),
    shards: new Map(Object.entries(shards).map(([id, records]) => [id, columns(records)])),
  };
}

const topology = (topologyId: number, observedAtMs: number, ...openShardIds: string[]) =>
  ({ topologyId, observedAtMs, openShardIds }) satisfies FrameTopology;

const records = (frame: Omit<Frame, 'collectedAtMs'> | undefined, place: number) =>
  frame === undefined
    ? undefined
    : shardValue({ ...frame, collectedAtMs: 0 }, 'IncomingRecords', place);

describe('alignFrames', () => {
  test('gives each shard its place in the topology in force', () => {
    const frames = alignFrames(reading(1, { b: [2], a: [1] }), [topology(7, -1, 'a', 'b')]);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ topologyId: 7, periodStartMs: 0, periodSeconds: 5 });
    expect([records(frames[0], 0), records(frames[0], 1)]).toEqual([1, 2]);
  });

  test('makes two frames of a period in which a shard was split, each figure in one of them', () => {
    const frames = alignFrames(reading(1, { parent: [10], left: [3], right: [4], other: [5] }), [
      topology(1, -1, 'parent', 'other'),
      topology(2, 2_000, 'left', 'right', 'other'),
    ]);
    expect(frames.map((f) => f.topologyId)).toEqual([2, 1]);
    const [young, old] = frames;
    expect([0, 1, 2].map((place) => records(young, place))).toEqual([3, 4, 5]);
    expect([0, 1].map((place) => records(old, place))).toEqual([10, Number.NaN]);
    expect(streamValue({ ...(young as Frame) }, 'IncomingBytes')).toBe(1);
    expect(streamValue({ ...(old as Frame) }, 'IncomingBytes')).toBeNaN();
  });

  test('puts what a child took before it was seen into the topology in which it is', () => {
    const frames = alignFrames(reading(1, { parent: [10], left: [3] }), [
      topology(1, -1, 'parent'),
      topology(2, PERIOD_MS + 1, 'left', 'right'),
    ]);
    expect(frames.map((f) => [f.topologyId, records(f, 0)])).toEqual([
      [1, 10],
      [2, 3],
    ]);
  });

  test('takes the first topology to have been in force before it was observed', () => {
    const frames = alignFrames(reading(2, { a: [1, 2] }), [topology(1, 99 * PERIOD_MS, 'a')]);
    expect(frames.map((f) => [f.topologyId, records(f, 0)])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  test('writes silence down as one frame of unknown figures', () => {
    const frames = alignFrames(reading(1, { a: [Number.NaN] }), [topology(1, -1, 'a')]);
    expect(frames).toHaveLength(1);
    expect(frames[0]?.shards.every(Number.isNaN)).toBe(true);
  });

  test('has no shard values where shard-level metrics are off', () => {
    expect(alignFrames(reading(1, {}), [topology(1, -1, 'a')])[0]?.shards).toHaveLength(0);
  });

  test('any reading: each figure of a known shard in exactly one frame, the stream in exactly one', () => {
    const shardIds = ['a', 'b', 'c', 'd', 'e'];
    const scene = fc.record({
      topologies: fc.array(
        fc.record({ atMs: fc.integer({ min: -10_000, max: 30_000 }), open: fc.subarray(shardIds) }),
        { minLength: 1, maxLength: 5 },
      ),
      figures: fc.array(
        fc.array(fc.option(fc.integer({ min: 1, max: 999 })), { minLength: 4, maxLength: 4 }),
        {
          minLength: 5,
          maxLength: 5,
        },
      ),
    });
    fc.assert(
      fc.property(scene, ({ topologies, figures }) => {
        const ordered = topologies
          .toSorted((x, y) => x.atMs - y.atMs)
          .map(({ atMs, open }, i) => topology(i, atMs, ...open));
        const known = new Set(ordered.flatMap((t) => t.openShardIds));
        const given = Object.fromEntries(
          shardIds.map((id, i) => [id, (figures[i] ?? []).map((f) => f ?? Number.NaN)]),
        );
        const frames = alignFrames(reading(4, given), ordered);
        for (let period = 0; period < 4; period++) {
          const ofPeriod = frames.filter((f) => f.periodStartMs === period * PERIOD_MS);
          expect(ofPeriod.filter((f) => !Number.isNaN(f.stream[0])).length).toBe(1);
          for (const id of shardIds) {
            const found = ofPeriod.flatMap((f) => {
              const place = ordered[f.topologyId]?.openShardIds.indexOf(id) ?? -1;
              const value = place === -1 ? Number.NaN : (records(f, place) ?? Number.NaN);
              return Number.isNaN(value) ? [] : [value];
            });
            const figure = given[id]?.[period] ?? Number.NaN;
            expect(found).toEqual(known.has(id) && !Number.isNaN(figure) ? [figure] : []);
          }
        }
      }),
    );
  });
});

describe('topologiesSince', () => {
  const split = [topology(1, 0, 'parent', 'other'), topology(2, 10_000, 'left', 'right', 'other')];

  test('keeps one until it was replaced, and the last for good', () => {
    expect(topologiesSince(split, 9_999)).toEqual(split);
    expect(topologiesSince(split, 10_000)).toEqual(split.slice(1));
    expect(topologiesSince(split, 99_000)).toEqual(split.slice(1));
  });

  test('openShardsIn names each shard once', () => {
    expect(openShardsIn(split)).toEqual(['parent', 'other', 'left', 'right']);
  });
});
