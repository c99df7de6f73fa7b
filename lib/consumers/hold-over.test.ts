import { expect, test } from 'vitest';
import { holdOver } from './hold-over.ts';

const STARTS = [0, 5, 10, 15, 20, 25, 30];

test('a reading stands for as long as it is of now, and not longer', () => {
  const known = new Map([
    [5, 'a'],
    [30, 'b'],
  ]);
  expect(holdOver(STARTS, known, 10)).toEqual([null, 'a', 'a', 'a', null, null, 'b']);
});

test('periods as long as a cadence hold nothing over', () => {
  expect(holdOver(STARTS, new Map([[5, 'a']]), 0)).toEqual([
    null,
    'a',
    null,
    null,
    null,
    null,
    null,
  ]);
});
