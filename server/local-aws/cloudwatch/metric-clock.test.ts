import { expect, it } from 'vitest';
import {
  effectivePeriodMs,
  isPeriodAllowed,
  METRICS_PROFILES,
  visibleBefore,
} from './metric-clock.ts';

const { demo, aws } = METRICS_PROFILES;

it('shows the period that is not over yet where there is no delay', () => {
  expect(visibleBefore(demo, 12_000)).toBe(15_000);
  expect(visibleBefore(demo, 15_000)).toBe(20_000);
});

it('shows a period only 90 s after its end in the profile of AWS', () => {
  const periodStartMs = 600_000;
  const seenFromMs = periodStartMs + 60_000 + 90_000;
  expect(visibleBefore(aws, seenFromMs - 1)).toBe(periodStartMs);
  expect(visibleBefore(aws, seenFromMs)).toBe(periodStartMs + 60_000);
});

it('takes the periods of CloudWatch, and multiples of its own', () => {
  expect([1, 5, 10, 20, 30, 60, 300].every((p) => isPeriodAllowed(p, aws))).toBe(true);
  expect(isPeriodAllowed(45, aws)).toBe(false);
  expect(isPeriodAllowed(45, demo)).toBe(true);
  expect(isPeriodAllowed(2, { basePeriodMs: 2_000, delayMs: 0 })).toBe(true);
  expect(effectivePeriodMs(5, aws)).toBe(60_000);
  expect(effectivePeriodMs(60, demo)).toBe(60_000);
});
