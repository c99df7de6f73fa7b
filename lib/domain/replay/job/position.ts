import type { Run } from './ordinals.ts';

/**
 * One unit of the archive: `object` is a place in the manifest, `ordinal` counts what the decoder made of that object,
 * from 0: a record, or a stretch of bytes that it could make nothing of. The same decoder makes the same units of the
 * same bytes. Archive order is by object, then by ordinal.
 */
export type Position = { readonly object: number; readonly ordinal: number };

/** Units of one object that follow each other, both ends within. */
export type Span = { readonly object: number; readonly first: number; readonly last: number };

export function countUnits(spans: readonly Span[]): number {
  return spans.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

function comparePositions(a: Position, b: Position): number {
  return a.object - b.object || a.ordinal - b.ordinal;
}

/** The fewest spans that hold these positions, in archive order. */
export function spansOf(positions: readonly Position[]): readonly Span[] {
  const spans: { object: number; first: number; last: number }[] = [];
  for (const { object, ordinal } of [...positions].sort(comparePositions)) {
    const before = spans.at(-1);
    if (before?.object === object && ordinal <= before.last + 1) before.last = ordinal;
    else spans.push({ object, first: ordinal, last: ordinal });
  }
  return spans;
}

/** The runs of ordinals that spans hold, by object. */
export function runsByObject(spans: readonly Span[]): ReadonlyMap<number, readonly Run[]> {
  const runs = new Map<number, Run[]>();
  for (const { object, first, last } of spans) {
    const ofObject = runs.get(object);
    if (ofObject === undefined) runs.set(object, [[first, last]]);
    else ofObject.push([first, last]);
  }
  return runs;
}
