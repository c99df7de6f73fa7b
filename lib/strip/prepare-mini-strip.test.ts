import { describe, expect, it } from 'vitest';
import { packPercents } from '#lib/live/mini-strip.ts';
import { prepareMiniStrip } from './prepare-mini-strip.ts';

describe('prepareMiniStrip', () => {
  it('gathers columns by the step of their use', () => {
    const drawing = prepareMiniStrip({
      use: packPercents([0, 50, 55, 100]),
      throttled: [],
    });
    expect(drawing.columnCount).toBe(4);
    expect(drawing.fills.map((f) => f.step)).toEqual([0, 3, 6]);
    expect(drawing.fills[1]?.d).toBe('M1 60h1v40h-1zM2 56h1v44h-1z');
    expect(drawing.throttled).toBe('');
  });

  it('draws columns that are alike as one, and no others', () => {
    const drawing = prepareMiniStrip({ use: packPercents([50, 50, 50, 0, 50]), throttled: [] });
    expect(drawing.fills[1]?.d).toBe('M0 60h3v40h-3zM4 60h1v40h-1z');
  });

  it('draws an unknown column as unknown, never as idle', () => {
    const drawing = prepareMiniStrip({ use: packPercents([255, 255]), throttled: [] });
    expect(drawing.fills).toEqual([]);
    expect(drawing.unknown).not.toBe('');
    expect(drawing.description).toBe('No datapoint for any shard');
  });

  it('keeps a fill inside the box however far over the limit it is', () => {
    const drawing = prepareMiniStrip({ use: packPercents([254]), throttled: [0] });
    expect(drawing.fills).toEqual([{ step: 6, d: 'M0 0h1v100h-1z' }]);
    expect(drawing.throttled).toBe('M0 0h1v12h-1z');
    expect(drawing.description).toBe(
      'Shards by hash range: at most 254 % of the tightest limit; records or reads refused in 100 % of the ring',
    );
  });
});
