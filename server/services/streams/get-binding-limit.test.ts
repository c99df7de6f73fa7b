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
  expect(steps).toEqual([
    { periodSeconds: 5, fromMs: NOW - 300_000, toMs: NOW },
    { periodSeconds: 5, fromMs: NOW - 3 * HOUR, toMs: NOW - 300_000 },
    { periodSeconds: 60, fromMs: NOW - 48 * HOUR, toMs: NOW - 3 * HOUR },
    { periodSeconds: 300, fromMs: NOW - 336 * HOUR, toMs: NOW - 48 * HOUR },
  ]);
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
