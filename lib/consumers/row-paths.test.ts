import { expect, test } from 'vitest';
import type { ConsumerCell } from './consumer-rows.ts';
import { rowPaths } from './row-paths.ts';

const cell = (change: Partial<ConsumerCell>): ConsumerCell => ({
  status: 'OK',
  atLeastSeconds: 0,
  atMostSeconds: 4,
  asOfMs: 0,
  shard: 0,
  owner: null,
  ...change,
});

test('each cell is in the path of its step, what goes nowhere is hatched over it', () => {
  const pieces = [0, 0.25, 0.5, 0.75].map((start) => ({ start, end: start + 0.25 }));
  const paths = rowPaths(
    pieces,
    [
      cell({}),
      cell({ status: 'STALL', atMostSeconds: 90 }),
      cell({ status: 'UNKNOWN', atMostSeconds: Number.NaN }),
      cell({ status: null, atMostSeconds: Number.NaN }),
    ],
    400,
    20,
    86_400,
  );
  expect(paths.fills).toEqual([
    { step: 1, d: 'M0.5 0h99v20h-99z' },
    { step: 3, d: 'M100.5 0h99v20h-99z' },
  ]);
  expect(paths.stuck).toBe('M100.5 0h99v20h-99z');
  expect(paths.unknown).toBe('M201 0.5h98v19h-98z');
});
