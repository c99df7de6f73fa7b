import fc from 'fast-check';
import { expect, it } from 'vitest';
import { md5 } from '#lib/domain/md5.ts';
import { FingerprintWindow } from './fingerprint-window.ts';

function digest(value: number): Uint8Array {
  return md5(new TextEncoder().encode(String(value)));
}

it('never takes a new one for known, and knows the last ones for sure', () => {
  const values = fc.array(fc.nat({ max: 60 }), { maxLength: 200 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 40 }), (sequence, capacity) => {
      const window = new FingerprintWindow(capacity);
      const seen: number[] = [];
      for (const [owner, value] of sequence.entries()) {
        const isKnown = window.remember(digest(value), owner);
        if (isKnown) expect(seen).toContain(value);
        else expect(lastDifferent(seen, capacity)).not.toContain(value);
        seen.push(value);
      }
    }),
  );
});

/** The values among the last that came, as many different ones as `count`. */
function lastDifferent(values: readonly number[], count: number): number[] {
  const last = new Set<number>();
  for (const value of values.toReversed()) {
    if (last.size === count) break;
    last.add(value);
  }
  return [...last];
}

it('takes nobody for a duplicate of himself, however often he comes', () => {
  const window = new FingerprintWindow(2);
  const come = (value: number, owner: number) => window.remember(digest(value), owner);
  expect([come(1, 10), come(1, 20)]).toEqual([false, true]);
  expect([come(1, 10), come(1, 20)]).toEqual([false, true]);
  // The first is in the older generation now, and is still his.
  expect([come(2, 30), come(3, 40)]).toEqual([false, false]);
  expect([come(1, 20), come(1, 10)]).toEqual([true, false]);
});

it('forgets in the end, so that its memory is bounded', () => {
  const window = new FingerprintWindow(10);
  for (let value = 0; value < 21; value += 1) {
    expect(window.remember(digest(value), value)).toBe(false);
  }
  expect(window.remember(digest(0), 99)).toBe(false);
});

it('tells digests apart that differ anywhere but in one bit', () => {
  const window = new FingerprintWindow(200);
  const zeros = new Uint8Array(16);
  expect(window.remember(zeros, 1)).toBe(false);
  for (let bit = 0; bit < 127; bit += 1) {
    const other = Uint8Array.from(zeros, (_, i) => (i === bit >> 3 ? 0x80 >> (bit & 7) : 0));
    expect(window.remember(other, 1)).toBe(false);
    expect(window.remember(other, 2)).toBe(true);
  }
});

it.each([0, 1.5, Number.NaN])('refuses a capacity of %d', (capacity) => {
  expect(() => new FingerprintWindow(capacity)).toThrow(RangeError);
});
