import { expect, it } from 'vitest';
import { edgeMarks } from './edge-marks.ts';

it('writes the quarters of the ring in hex', () => {
  const written = edgeMarks(1_376).filter((mark) => mark.text !== null);
  expect(written.map((mark) => [mark.fraction, mark.text])).toEqual([
    [0, '0000…'],
    [0.25, '4000…'],
    [0.5, '8000…'],
    [0.75, 'c000…'],
    [1, 'ffff…'],
  ]);
  expect(written[2]?.whole).toBe(`8${'0'.repeat(31)}`);
});

it('has fewer perforations where there is less room', () => {
  expect(edgeMarks(1_376)).toHaveLength(65);
  expect(edgeMarks(320)).toHaveLength(33);
});
