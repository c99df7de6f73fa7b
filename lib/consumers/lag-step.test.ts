import { expect, test } from 'vitest';
import { stepOfLag } from './lag-step.ts';

const DAY_S = 86_400;

test.each([
  [0, 0],
  [0.5, 1],
  [15, 1],
  [15.1, 2],
  [60, 2],
  [300, 3],
  [1_800, 4],
  [1_801, 5],
  [DAY_S / 2 - 1, 5],
  [DAY_S / 2, 6],
  [2 * DAY_S, 6],
])('a lag of %d s is step %d', (seconds, step) => {
  expect(stepOfLag(seconds, DAY_S)).toBe(step);
});

test('half of a short retention comes before the scale ends, and unknown has no step', () => {
  expect(stepOfLag(20, 40)).toBe(6);
  expect(stepOfLag(Number.NaN, DAY_S)).toBeNull();
});
