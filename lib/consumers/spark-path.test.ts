import { expect, test } from 'vitest';
import { sparkPath } from './spark-path.ts';

const sparkOf = (...atMostSeconds: (number | null)[]) => ({
  fromMs: 0,
  periodSeconds: 60,
  atMostSeconds,
});

test('a gap is a gap, and a lonely point a dash', () => {
  const { line, maxSeconds, newestSeconds } = sparkPath(sparkOf(60, 0, null, 30, null), 50, 20);
  expect(line).toBe('M5 1L15 19M35 10h5');
  expect(maxSeconds).toBe(60);
  expect(newestSeconds).toBe(30);
});

test('seconds do not look like mountains', () => {
  expect(sparkPath(sparkOf(3, 3), 20, 20).line).toBe('M5 18.1L15 18.1');
});

test('nothing known is nothing drawn', () => {
  expect(sparkPath(sparkOf(null, null), 20, 20)).toEqual({
    line: '',
    maxSeconds: null,
    newestSeconds: null,
  });
});
