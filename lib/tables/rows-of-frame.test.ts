import { expect, it } from 'vitest';
import { rowsOfFrame } from './rows-of-frame.ts';

const places = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

it('draws the first frame whole', () => {
  expect([...rowsOfFrame(places(0, 24), null)]).toEqual(places(0, 24));
});

it('draws each row whose place shows one, and some of the others', () => {
  const drawn = new Set(places(10, 19));
  expect([...rowsOfFrame(places(5, 30), drawn)]).toEqual(places(5, 22));
});

it('has drawn all after some frames', () => {
  const known = places(100, 124);
  let drawn: ReadonlySet<number> = new Set(places(0, 24));
  const counts: number[] = [];
  while (drawn.size < known.length || !known.every((place) => drawn.has(place))) {
    drawn = rowsOfFrame(known, drawn);
    counts.push(drawn.size);
  }
  expect(counts).toEqual([8, 16, 24, 25]);
});
