import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeWave } from './wave.ts';

const epochMs = fc.integer({ min: 1_600_000_000_000, max: 2_000_000_000_000 });
const shape = { depth: 0.2, burst: 0.5 };

it('stays within its depth and burst', () => {
  const wave = makeWave(1, 'a', shape);
  fc.assert(
    fc.property(epochMs, (nowMs) => {
      expect(wave(nowMs)).toBeGreaterThanOrEqual(0.8);
      expect(wave(nowMs)).toBeLessThanOrEqual(1.2 * 1.5);
    }),
  );
});

it('is the same for the same seed and name, in whatever order it is asked', () => {
  const instants = fc.array(epochMs, { minLength: 1 });
  fc.assert(
    fc.property(instants, (times) => {
      const forwards = makeWave(7, 'a', shape);
      const backwards = makeWave(7, 'a', shape);
      const expected = times.map(forwards);
      expect([...times].reverse().map(backwards).reverse()).toEqual(expected);
    }),
  );
  const at = 1_700_000_000_000;
  expect(makeWave(8, 'a', shape)(at)).not.toBe(makeWave(7, 'a', shape)(at));
  expect(makeWave(7, 'b', shape)(at)).not.toBe(makeWave(7, 'a', shape)(at));
});

it('bursts now and then', () => {
  const calm = makeWave(1, 'a', { depth: 0, burst: 0 });
  const bursting = makeWave(1, 'a', { depth: 0, burst: 1 });
  const hour = Array.from({ length: 3_600 }, (_, s) => 1_700_000_000_000 + s * 1_000);
  expect(new Set(hour.map(calm))).toEqual(new Set([1]));
  const share = hour.filter((nowMs) => bursting(nowMs) > 1.1).length / hour.length;
  expect(share).toBeGreaterThan(0.005);
  expect(share).toBeLessThan(0.2);
});
