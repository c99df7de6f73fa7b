import { expect, it } from 'vitest';
import { WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import { edgeHoles, edgeMarks } from './edge-marks.ts';

it('writes the quarters of the ring in hex', () => {
  const marks = edgeMarks(WHOLE_WINDOW);
  expect(marks.map((mark) => [mark.fraction, mark.text])).toEqual([
    [0, '0000…'],
    [0.25, '4000…'],
    [0.5, '8000…'],
    [0.75, 'c000…'],
    [1, 'ffff…'],
  ]);
  expect(marks[2]?.whole).toBe(`8${'0'.repeat(31)}`);
});

it('writes as many digits as tell the marks of a narrow window apart', () => {
  const marks = edgeMarks({ from: 0.5, to: 0.5 + 2 ** -20 });
  expect(new Set(marks.map((mark) => mark.text)).size).toBe(5);
});

it('has fewer perforations where there is less room, and none under a key', () => {
  const count = (path: string) => path.match(/M/g)?.length;
  expect(count(edgeHoles(1_376, 10, false))).toBe(65);
  expect(count(edgeHoles(320, 10, false))).toBe(33);
  expect(count(edgeHoles(320, 18, true))).toBe(28);
});
