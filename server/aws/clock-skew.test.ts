import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skewOf } from './clock-skew.ts';

test.each([
  ['the same second', 1_200, 1_000, 1_300, 0],
  ['a second that began on the way', 1_900, 2_000, 2_100, 0],
  ['a clock ahead', 1_200, 61_000, 1_300, 59_700],
  ['a clock behind', 61_200, 1_000, 61_300, -59_201],
])('%s', (_, sentMs, dateMs, receivedMs, skewMs) => {
  expect(skewOf(sentMs, dateMs, receivedMs)).toBe(skewMs);
});

test('is right to a second and the time on the way, and 0 for equal clocks', () => {
  const times = fc.record({
    sentMs: fc.nat(1_000_000),
    outMs: fc.nat(500),
    backMs: fc.nat(500),
    aheadMs: fc.integer({ min: -600_000, max: 600_000 }),
  });
  fc.assert(
    fc.property(times, ({ sentMs, outMs, backMs, aheadMs }) => {
      const dateMs = Math.floor((sentMs + outMs + aheadMs) / 1000) * 1000;
      const skewMs = skewOf(sentMs, dateMs, sentMs + outMs + backMs);
      expect(Math.abs(skewMs - aheadMs)).toBeLessThanOrEqual(1_000 + outMs + backMs);
      if (aheadMs === 0) expect(skewMs).toBe(0);
    }),
  );
});
