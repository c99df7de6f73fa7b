import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpaceSaving } from './space-saving.ts';

const weighed = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 50 })),
);

describe('SpaceSaving', () => {
  it('bounds each count from both sides, and misses nothing heavy', () => {
    fc.assert(
      fc.property(weighed, fc.integer({ min: 1, max: 8 }), (stream, slots) => {
        const sketch = new SpaceSaving<number>(slots);
        const exact = new Map<number, number>();
        for (const [item, weight] of stream) {
          sketch.add(item, weight);
          exact.set(item, (exact.get(item) ?? 0) + weight);
        }
        const total = [...exact.values()].reduce((a, b) => a + b, 0);
        const found = new Map(sketch.items().map((one) => [one.item, one]));
        expect(sketch.total).toBe(total);
        expect(found.size).toBeLessThanOrEqual(slots);
        for (const { item, count, error } of found.values()) {
          const weight = exact.get(item) ?? 0;
          expect(weight).toBeLessThanOrEqual(count);
          expect(weight).toBeGreaterThanOrEqual(count - error);
          expect(error).toBeLessThanOrEqual(total / slots);
        }
        for (const [item, weight] of exact) {
          if (weight > total / slots) expect(found.has(item)).toBe(true);
        }
      }),
    );
  });

  it('is exact while the slots suffice, the heaviest first', () => {
    const sketch = new SpaceSaving<string>(3);
    for (const item of ['a', 'b', 'b', 'c', 'b', 'c']) sketch.add(item, 2);
    expect(sketch.items()).toEqual([
      { item: 'b', count: 6, error: 0 },
      { item: 'c', count: 4, error: 0 },
      { item: 'a', count: 2, error: 0 },
    ]);
  });

  it('needs a slot', () => {
    expect(() => new SpaceSaving(0)).toThrow(RangeError);
  });
});
