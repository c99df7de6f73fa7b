import { describe, expect, it } from 'vitest';
import { packFloats } from '#lib/domain/frame.ts';
import { frameOf } from '#lib/domain/frame-fixture.ts';
import { WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import { piecesIn, stripModel } from './strip-model.ts';

const base64 = (values: Float32Array) => btoa(String.fromCharCode(...packFloats(values)));
const HALF = 2n ** 127n;

/** The left half is one shard, the right half a column of ten. */
const map = {
  streamId: 1,
  topologyId: 2,
  window: WHOLE_WINDOW,
  openCount: 11,
  closedCount: 0,
  geometry: {
    starts: [0, 500_000],
    ends: [500_000, 1_000_000],
    firstPlaces: [0, 1],
    lastPlaces: [0, 10],
    alone: [
      {
        cell: 0,
        shardId: 'shardId-000000000000',
        startingHashKey: '0',
        endingHashKey: String(HALF - 1n),
      },
    ],
    ghosts: [],
    olderCount: 0,
  },
  period: { periodStartMs: 0, periodSeconds: 5, collectedAtMs: 6_000 },
  use: base64(Float32Array.of(0.25, 1.5)),
  throttled: [1],
  worst: [0, 7],
  aloneValues: base64(frameOf(1, { IncomingRecords: [1_250] }).shards),
};

describe('stripModel', () => {
  it('has the exact figures of a shard that stands alone', () => {
    const alone = stripModel(map).alone.get(0);
    expect(alone?.shard).toMatchObject({ shardId: 'shardId-000000000000', start: 0, end: 0.5 });
    expect(alone?.reading.figures.writeRecordsPerSecond).toBe(250);
    expect(alone?.reading.tightest).toEqual({ limit: 'writeRecords', use: 0.25 });
  });

  it('has the worst of a column, and where that is', () => {
    const { marks, alone } = stripModel(map);
    expect(marks[1]).toEqual({ use: 1.5, throttled: true, worstPlace: 8 });
    expect(alone.has(1)).toBe(false);
  });

  it('knows nothing where nothing has been read', () => {
    const { marks, alone } = stripModel({
      ...map,
      period: null,
      use: '',
      throttled: [],
      aloneValues: '',
    });
    expect(marks.map(({ use }) => use)).toEqual([Number.NaN, Number.NaN]);
    expect(alone.get(0)?.reading.tightest.limit).toBeNull();
  });
});

describe('piecesIn', () => {
  const { cells } = stripModel(map);

  it('draws a map of another window where its shards lie in this one', () => {
    expect(piecesIn(cells, WHOLE_WINDOW, { from: 0.25, to: 0.75 })).toEqual([
      { start: 0, end: 0.5 },
      { start: 0.5, end: 1 },
    ]);
  });

  it('leaves a map of the window as it is', () => {
    expect(piecesIn(cells, WHOLE_WINDOW, WHOLE_WINDOW)).toBe(cells);
  });
});
