import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BIRTH_SECONDS, growingStream, reshardSteps } from './growing-stream-fixture.ts';
import { lineageOf } from './lineage.ts';
import { lineageMarks } from './lineage-marks.ts';
import { WHOLE_WINDOW } from './ring-map.ts';

const BIRTH_MS = BIRTH_SECONDS * 1_000;
const frame = { window: WHOLE_WINDOW, fromMs: BIRTH_MS, toMs: BIRTH_MS + 100_000 };

describe('lineageMarks', () => {
  it('marks a split and a merge at the boundary that came and went', () => {
    const stream = growingStream();
    stream.wait(9);
    stream.split(0);
    stream.wait(9);
    stream.merge(0);
    expect(lineageMarks(lineageOf(stream.observed), frame, 100)).toEqual([
      { kind: 'split', at: 0.5, atMs: BIRTH_MS + 10_000, count: 1 },
      { kind: 'merge', at: 0.5, atMs: BIRTH_MS + 20_000, count: 1 },
    ]);
  });

  it('counts each split and merge once, however many fall together', () => {
    fc.assert(
      fc.property(reshardSteps, fc.integer({ min: 1, max: 50 }), (plan, marksMax) => {
        const stream = growingStream();
        const counts = { split: 0, merge: 0 };
        for (const { kind, place } of plan) {
          const before = stream.shards().length;
          stream[kind === 'split' ? 'split' : 'merge'](place);
          if (stream.shards().length > before) counts[kind === 'split' ? 'split' : 'merge'] += 1;
        }
        const marks = lineageMarks(lineageOf(stream.observed), frame, marksMax);
        for (const kind of ['split', 'merge'] as const) {
          const seen = marks.filter((mark) => mark.kind === kind);
          expect(seen.reduce((sum, { count }) => sum + count, 0)).toBe(counts[kind]);
        }
      }),
    );
  });

  it('leaves out what lies beside the window and the time', () => {
    const stream = growingStream();
    stream.split(0);
    const family = lineageOf(stream.observed);
    expect(lineageMarks(family, { ...frame, window: { from: 0, to: 0.4 } }, 100)).toEqual([]);
    expect(lineageMarks(family, { ...frame, fromMs: BIRTH_MS + 5_000 }, 100)).toEqual([]);
  });
});
