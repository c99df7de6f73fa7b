import { describe, expect, it } from 'vitest';
import { timelinePicture, totalsWithin } from './timeline-bars.ts';

const BUCKETS = [
  { fromMs: 0, toMs: 10, objects: 2, bytes: 200 },
  { fromMs: 10, toMs: 20, objects: 1, bytes: 1 },
  { fromMs: 30, toMs: 40, objects: 0, bytes: 0 },
];

describe('timelinePicture', () => {
  it('draws each bucket where it lies, the largest to the top, and the smallest to be seen', () => {
    expect(timelinePicture(BUCKETS)).toEqual({
      span: { fromMs: 0, toMs: 40 },
      bars: [
        { x: 0, width: 0.25, height: 1 },
        { x: 0.25, width: 0.25, height: 0.03 },
        { x: 0.75, width: 0.25, height: 0 },
      ],
      stops: [0, 10, 20, 30, 40],
      bytesMax: 200,
    });
  });

  it('shows objects without a byte', () => {
    const picture = timelinePicture([{ fromMs: 0, toMs: 10, objects: 1, bytes: 0 }]);
    expect(picture?.bars[0]?.height).toBe(0.03);
  });

  it('is none where nothing is dated', () => {
    expect(timelinePicture([])).toBeNull();
  });
});

describe('totalsWithin', () => {
  it('counts a bucket that is cut as a whole', () => {
    expect(totalsWithin(BUCKETS, { fromMs: 5, toMs: 9 })).toEqual({ objects: 2, bytes: 200 });
    expect(totalsWithin(BUCKETS, { fromMs: 5, toMs: 10 })).toEqual({ objects: 3, bytes: 201 });
    expect(totalsWithin(BUCKETS, null)).toEqual({ objects: 3, bytes: 201 });
  });
});
