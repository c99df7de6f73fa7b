import { expect, it } from 'vitest';
import { ArchiveClock } from './archive-clock.ts';

const played = (spans: readonly (readonly [number, number] | null)[]) => {
  const clock = new ArchiveClock(10, 50);
  for (const span of spans) {
    clock.add(span === null ? null : { fromMs: span[0], toMs: span[1] });
  }
  return clock.playMs;
};

it('covers what objects cover, and cuts the pauses between them', () => {
  expect(played([[0, 90]])).toBe(100);
  // A pause of 20 is played as it is, one of 900 as the idle gap.
  expect(
    played([
      [0, 90],
      [120, 190],
    ]),
  ).toBe(100 + 20 + 80);
  expect(
    played([
      [0, 90],
      [1_000, 1_090],
    ]),
  ).toBe(100 + 50 + 100);
});

it('counts no time twice, and runs back for nobody', () => {
  expect(
    played([
      [0, 90],
      [50, 140],
    ]),
  ).toBe(150);
  expect(
    played([
      [100, 190],
      [0, 90],
    ]),
  ).toBe(100);
});

it('knows nothing where no key tells a time', () => {
  expect(played([null, null])).toBeNull();
  expect(played([null, [0, 90], null])).toBe(100);
});
