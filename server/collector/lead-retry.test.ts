import { expect, test } from 'vitest';
import { openLeadRetry } from './lead-retry.ts';

test('waits longer after each failure, also where it led for a moment in between', () => {
  const retry = openLeadRetry();
  expect([0, 300, 0, 9_999, 0, 0].map((ledMs) => retry.nextWaitMs(ledMs))).toEqual([
    500, 1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
});

test('begins anew once it has led for 10 s', () => {
  const retry = openLeadRetry();
  expect([0, 0, 10_000, 0].map((ledMs) => retry.nextWaitMs(ledMs))).toEqual([
    500, 1_000, 500, 1_000,
  ]);
});
