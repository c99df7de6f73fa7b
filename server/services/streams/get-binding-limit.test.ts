import { expect, test } from 'vitest';
import { stepsBack } from './get-binding-limit.ts';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;

test('the past is read from the newest period back, each time once, in the shortest periods there are', () => {
  const steps = stepsBack([
    { periodSeconds: 5, oldestStartMs: NOW - 3 * HOUR, newestStartMs: NOW - 5_000 },
    { periodSeconds: 60, oldestStartMs: NOW - 48 * HOUR, newestStartMs: NOW - 60_000 },
    { periodSeconds: 300, oldestStartMs: NOW - 336 * HOUR, newestStartMs: NOW - 300_000 },
  ]);
  expect(steps[0]).toEqual({ periodSeconds: 5, fromMs: NOW - 300_000, toMs: NOW });
  // Each ends where the one before it begins, and is twice as long, up to 960 periods.
  for (const [i, step] of steps.slice(1).entries()) expect(step.toMs).toBe(steps[i]?.fromMs);
  const periods = steps.map(
    ({ fromMs, toMs, periodSeconds }) => (toMs - fromMs) / (periodSeconds * 1_000),
  );
  expect(periods.slice(0, 4)).toEqual([60, 120, 240, 480]);
  expect(Math.max(...periods)).toBe(960);
  const oldestOf = (seconds: number) =>
    steps.findLast(({ periodSeconds }) => periodSeconds === seconds)?.fromMs;
  expect([5, 60, 300].map(oldestOf)).toEqual([NOW - 3 * HOUR, NOW - 48 * HOUR, NOW - 336 * HOUR]);
});

test('a young stream has one step, and longer periods add nothing to it', () => {
  expect(
    stepsBack([
      { periodSeconds: 5, oldestStartMs: NOW - 60_000, newestStartMs: NOW - 5_000 },
      { periodSeconds: 60, oldestStartMs: NOW - 60_000, newestStartMs: NOW - 60_000 },
    ]),
  ).toEqual([{ periodSeconds: 5, fromMs: NOW - 60_000, toMs: NOW }]);
  expect(stepsBack([])).toEqual([]);
});

test('a longer period that is known in part by shorter ones is left out', () => {
  const steps = stepsBack([
    { periodSeconds: 5, oldestStartMs: NOW - 90_000, newestStartMs: NOW - 5_000 },
    { periodSeconds: 60, oldestStartMs: NOW - 600_000, newestStartMs: NOW - 60_000 },
  ]);
  expect(steps.at(-1)).toEqual({ periodSeconds: 60, fromMs: NOW - 600_000, toMs: NOW - 120_000 });
});
