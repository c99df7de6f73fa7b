import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packPercents, unpackPercents } from './mini-strip.ts';

it('comes out as it went in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 })), (percents) => {
      expect(unpackPercents(packPercents(percents))).toEqual(percents);
    }),
  );
});

it('is two digits a column', () => {
  expect(packPercents([0, 97, 255])).toBe('0061ff');
});
