import { describe, expect, test } from 'vitest';
import { DailyBudget } from './daily-budget.ts';

const DAY_MS = 86_400_000;
const MIDNIGHT = Date.UTC(2026, 10, 23);
const BEFORE = MIDNIGHT - 60_000;
const AFTER = MIDNIGHT + 60_000;

describe('the money of a day', () => {
  test('is less what was spent before, each day of its own', () => {
    const budget = new DailyBudget(
      100,
      new Map([
        [MIDNIGHT - DAY_MS, 90],
        [MIDNIGHT, 20],
      ]),
    );
    expect([budget.left(BEFORE), budget.left(AFTER), budget.left(AFTER + DAY_MS)]).toEqual([
      10, 80, 100,
    ]);
  });

  test('is not given out twice by a clock that is set back over midnight', () => {
    const budget = new DailyBudget(100);
    expect(budget.reserve(100, BEFORE)).toBe(true);
    expect(budget.reserve(60, AFTER)).toBe(true);
    expect(budget.reserve(1, BEFORE)).toBe(false);
    expect(budget.reserve(60, AFTER)).toBe(false);
    expect(budget.left(AFTER)).toBe(40);
  });

  test('comes back to the day that it was taken from', () => {
    const budget = new DailyBudget(100);
    budget.reserve(70, BEFORE);
    budget.reserve(30, AFTER);
    budget.release(50, BEFORE);
    expect([budget.left(BEFORE), budget.left(AFTER)]).toEqual([80, 70]);
  });
});
