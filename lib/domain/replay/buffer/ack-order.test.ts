import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AckOrder } from './ack-order.ts';

/** Acknowledges all serials in this order. @returns what was counted */
function countOf(keys: readonly number[], order: readonly number[]): number {
  const acks = new AckOrder();
  const done = new Set<number>();
  let oldest = 0;
  let inversions = 0;
  for (const serial of order) {
    done.add(serial);
    while (done.has(oldest)) oldest += 1;
    const open = oldest < keys.length ? oldest : Number.POSITIVE_INFINITY;
    acks.acknowledged(`key-${keys[serial]}`, serial, open, oldest);
    inversions += acks.take();
  }
  return inversions;
}

/** The count by its meaning. */
function inversionsIn(keys: readonly number[], order: readonly number[]): number {
  return order.filter((serial, at) =>
    order.slice(0, at).some((before) => before > serial && keys[before] === keys[serial]),
  ).length;
}

const anyAcks = fc.array(fc.nat(3), { maxLength: 60 }).chain((keys) =>
  fc.array(fc.nat(), { minLength: keys.length, maxLength: keys.length }).map((places) => ({
    keys,
    order: keys
      .map((_, serial) => serial)
      .sort((a, b) => a + ((places[a] ?? 0) % 12) - (b + ((places[b] ?? 0) % 12))),
  })),
);

describe('the order of acknowledgements', () => {
  it('counts each record that came after a later one of its key', () => {
    fc.assert(
      fc.property(anyAcks, ({ keys, order }) => {
        expect(countOf(keys, order)).toBe(inversionsIn(keys, order));
      }),
    );
  });

  it('is none where the archive is acknowledged as it lies, and then no key is held', () => {
    const acks = new AckOrder();
    for (let serial = 0; serial < 5_000; serial += 1) {
      acks.acknowledged(`key-${serial % 7}`, serial, serial + 1, serial + 1);
    }
    expect([acks.take(), acks.size]).toEqual([0, 0]);
  });

  it('holds no more keys than records lie open, however many there are', () => {
    const acks = new AckOrder();
    let most = 0;
    // Each second record is 2,000 behind the others, and no key comes twice.
    for (let serial = 1; serial < 200_000; serial += 2) {
      const late = serial - 2_001;
      const open = Math.max(0, late);
      acks.acknowledged(`key-${serial}`, serial, open, open);
      if (late >= 0) acks.acknowledged(`key-${late}`, late, late + 2, late + 2);
      most = Math.max(most, acks.size);
    }
    expect(acks.take()).toBe(0);
    expect(most).toBeLessThan(3_000);
  });
});
