import { expect, test } from 'vitest';
import { chooseTier } from './choose-tier.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 0, 1, 12, 3, 7);

const tier = (periodSeconds: number, ageMs: number) => ({
  periodSeconds,
  oldestStartMs: Math.floor((NOW - ageMs) / (periodSeconds * 1000)) * periodSeconds * 1000,
  newestStartMs: NOW - periodSeconds * 1000,
});
const full = [
  tier(5, 3 * HOUR),
  tier(60, 48 * HOUR),
  tier(300, 336 * HOUR),
  tier(900, 720 * HOUR),
  tier(3_600, 9_600 * HOUR),
];
const young = [
  tier(5, 31 * MINUTE),
  tier(60, 31 * MINUTE),
  tier(300, 31 * MINUTE),
  tier(3_600, 31 * MINUTE),
];
const choose = (tiers: typeof full, windowMs: number) => chooseTier(tiers, NOW - windowMs, NOW);

test.each([
  [15 * MINUTE, 5],
  [30 * MINUTE, 5],
  [3 * HOUR, 60],
  [24 * HOUR, 300],
  [3 * 24 * HOUR, 300],
  [7 * 24 * HOUR, 900],
])('the finest tier that fits %s ms has periods of %s s', (windowMs, periodSeconds) => {
  expect(choose(full, windowMs)?.periodSeconds).toBe(periodSeconds);
});

test('that a coarse period begins a little earlier does not make it reach back further', () => {
  expect(choose(young, HOUR)?.periodSeconds).toBe(5);
});

test('a stream that is younger than the window is drawn by what is recorded of it', () => {
  expect(choose(young, 3 * HOUR)?.periodSeconds).toBe(5);
  expect(choose(young, 7 * 24 * HOUR)?.periodSeconds).toBe(5);
});

test('a window before the finest tier began is drawn from one that reaches back', () => {
  expect(chooseTier(full, NOW - 5 * HOUR, NOW - 4.9 * HOUR)?.periodSeconds).toBe(60);
});

test('never more than 960 points, aligned to the period', () => {
  for (const windowMs of [MINUTE, 79 * MINUTE, 80 * MINUTE, 17 * HOUR, 100_000 * HOUR]) {
    const chosen = choose(full, windowMs);
    if (chosen === null) throw new Error('There are tiers.');
    expect(chosen.fromMs % (chosen.periodSeconds * 1000)).toBe(0);
    expect(
      Math.ceil((chosen.toMs - chosen.fromMs) / chosen.periodSeconds / 1000),
    ).toBeLessThanOrEqual(960);
  }
});

test('nothing stored, nothing chosen', () => {
  expect(choose([], HOUR)).toBeNull();
});
