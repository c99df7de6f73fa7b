import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSlots } from './series-slots.ts';

describe('assignSlots', () => {
  const keys = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 12 });

  it('never gives two keys one slot, and lets keys keep theirs', () => {
    fc.assert(
      fc.property(keys, keys, (first, second) => {
        const before = assignSlots(new Map(), first);
        const after = assignSlots(before, second);
        expect(new Set(after.values()).size).toBe(after.size);
        expect(after.size).toBe(Math.min(8, second.length));
        for (const key of second.slice(0, 8)) {
          if (before.has(key)) expect(after.get(key)).toBe(before.get(key));
        }
      }),
    );
  });
});
