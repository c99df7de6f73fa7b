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
  expect(paths.stuckThin).toBe('');
  expect(paths.unknown).toBe('M201 0.5h98v19h-98z');
});

test('what goes nowhere is seen in a cell too thin for a hatch, too', () => {
  const pieces = [
    { start: 0, end: 0.005 },
    { start: 0.005, end: 1 },
  ];
  const paths = rowPaths(pieces, [cell({ status: 'STOP' }), cell({})], 400, 20, 86_400);
  expect(paths.stuck).toBe('');
  expect(paths.stuckThin).toBe('M0 10h2v10h-2z');
});
