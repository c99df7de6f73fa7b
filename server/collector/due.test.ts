import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cadenceSecondsOf, nextDueMs, retryDelayMs } from './due.ts';

describe('nextDueMs', () => {
  test('is just after the end of the period under way', () => {
    expect(nextDueMs(10_400, 5)).toBe(15_300);
    expect(nextDueMs(10_100, 5)).toBe(10_300);
  });

  test('lies ahead, by one cadence at most, and is the same for all who share a cadence', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.integer({ min: 1, max: 900 }), (nowMs, cadence) => {
        const dueMs = nextDueMs(nowMs, cadence);
        expect(dueMs).toBeGreaterThan(nowMs);
        expect(dueMs - nowMs).toBeLessThanOrEqual(cadence * 1000);
        expect((dueMs - 300) % (cadence * 1000)).toBe(0);
      }),
    );
  });
});

test('tries again soon at first, and never more rarely than the cadence', () => {
  expect([1, 2, 3, 4, 5, 6].map((n) => retryDelayMs(n, 5))).toEqual([
    500, 1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
  expect(retryDelayMs(10_000, 300)).toBe(300_000);
});

describe('cadenceSecondsOf', () => {
  const cadence = { watchedSeconds: 60, unwatchedSeconds: 300, topologySeconds: 60 };

  test('what somebody looks at is read fast, however wide', () => {
    expect(cadenceSecondsOf(cadence, true, 70_019)).toBe(60);
  });

  test('what nobody looks at is read the more rarely the wider it is', () => {
    expect(cadenceSecondsOf(cadence, false, 19)).toBe(300);
    expect(cadenceSecondsOf(cadence, false, 719)).toBe(300);
    expect(cadenceSecondsOf(cadence, false, 7_019)).toBe(8 * 300);
  });
});
