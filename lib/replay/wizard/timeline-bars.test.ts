import { describe, expect, it } from 'vitest';
import { timelinePicture, totalsWithin } from './timeline-bars.ts';

const BUCKETS = [
  { fromMs: 0, toMs: 10, objects: 2, bytes: 200, isWhole: true },
  { fromMs: 10, toMs: 20, objects: 1, bytes: 1, isWhole: true },
  { fromMs: 30, toMs: 40, objects: 0, bytes: 0, isWhole: true },
];
const UNCOUNTED = { fromMs: 40, toMs: 50, objects: null, bytes: null, isWhole: false };

describe('timelinePicture', () => {
  it('draws each bucket where it lies, the largest to the top, and the smallest to be seen', () => {
    expect(timelinePicture(BUCKETS)).toEqual({
      span: { fromMs: 0, toMs: 40 },
      bars: [
        { x: 0, width: 0.25, height: 1, certainty: 'counted' },
        { x: 0.25, width: 0.25, height: 0.03, certainty: 'counted' },
        { x: 0.75, width: 0.25, height: 0, certainty: 'counted' },
      ],
      stops: [0, 10, 20, 30, 40],
      bytesMax: 200,
    });
  });

  it('tells what was not counted from what is small', () => {
    const bars = timelinePicture([...BUCKETS.slice(0, 1), UNCOUNTED])?.bars;
    expect(bars?.map(({ certainty }) => certainty)).toEqual(['counted', 'unknown']);
    const more = timelinePicture([{ fromMs: 0, toMs: 10, objects: 1, bytes: 9, isWhole: false }]);
    expect(more?.bars[0]?.certainty).toBe('more');
  });

  it('shows objects without a byte', () => {
    const picture = timelinePicture([{ fromMs: 0, toMs: 10, objects: 1, bytes: 0, isWhole: true }]);
    expect(picture?.bars[0]?.height).toBe(0.03);
  });

  it('is none where nothing is dated', () => {
    expect(timelinePicture([])).toBeNull();
  });
});

describe('totalsWithin', () => {
  it('counts a bucket that is cut as a whole', () => {
    expect(totalsWithin(BUCKETS, { fromMs: 5, toMs: 9 })).toEqual({
      objects: 2,
      bytes: 200,
      isWhole: true,
    });
    expect(totalsWithin(BUCKETS, { fromMs: 5, toMs: 10 })).toMatchObject({
      objects: 3,
      bytes: 201,
    });
    expect(totalsWithin(BUCKETS, null)).toMatchObject({ objects: 3, bytes: 201 });
  });

  it('says that it is at least so much where something was not counted', () => {
    expect(totalsWithin([...BUCKETS, UNCOUNTED], null)).toEqual({
      objects: 3,
      bytes: 201,
      isWhole: false,
    });
  });
});
