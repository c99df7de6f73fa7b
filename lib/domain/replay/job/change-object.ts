import {
  countOrdinals,
  lowWater,
  NO_ORDINALS,
  type Ordinals,
  type Run,
  withOrdinals,
  withoutOrdinals,
} from './ordinals.ts';
import type { ObjectProgress } from './slice-progress.ts';

/** What a group of the journal says of one object. */
export type ObjectChange = {
  /** Units that came to their end, but for those in `quarantined`. */
  readonly settled: Run[];
  readonly quarantined: Run[];
  readonly intended: Run[];
  readonly marks: { readonly ordinal: number; readonly byte: number }[];
  units: number | null;
};

type ObjectAfter =
  | { readonly ok: true; readonly object: ObjectProgress }
  | {
      readonly ok: false;
      readonly fault: 'settled-twice' | 'in-flight-twice' | 'beyond-the-end';
    };

/**
 * @param before null where nothing was heard of the object before
 * @param underWay its units in all requests that are open after the group, those of `change.intended` among them
 */
export function objectAfter(
  object: number,
  before: ObjectProgress | null,
  change: ObjectChange,
  underWay: readonly Run[],
): ObjectAfter {
  const { settled, quarantined, units, marks } = before ?? NEW_OBJECT;
  const settledAfter = union(settled, [...change.settled, ...change.quarantined]);
  if (settledAfter === null || !isApart(settledAfter, change.intended)) {
    return { ok: false, fault: 'settled-twice' };
  }
  const inFlight = union(NO_ORDINALS, underWay);
  if (inFlight === null || !isApart(settledAfter, inFlight)) {
    return { ok: false, fault: 'in-flight-twice' };
  }
  const unitsAfter = change.units ?? units;
  const highest = Math.max(settledAfter.at(-1)?.[1] ?? -1, inFlight.at(-1)?.[1] ?? -1);
  if (unitsAfter !== null && highest >= unitsAfter) return { ok: false, fault: 'beyond-the-end' };
  return {
    ok: true,
    object: {
      object,
      settled: settledAfter,
      quarantined: quarantined + unitsIn(change.quarantined),
      units: unitsAfter,
      marks: usefulMarks([...marks, ...change.marks], lowWater(settledAfter)),
    },
  };
}

const NEW_OBJECT: Omit<ObjectProgress, 'object'> = {
  settled: NO_ORDINALS,
  quarantined: 0,
  units: null,
  marks: [],
};

/** Null where a unit would be in it twice. */
function union(ordinals: Ordinals, runs: readonly Run[]): Ordinals | null {
  if (runs.length === 0) return ordinals;
  const all = withOrdinals(ordinals, runs);
  return countOrdinals(all) === countOrdinals(ordinals) + unitsIn(runs) ? all : null;
}

function isApart(ordinals: Ordinals, runs: readonly Run[]): boolean {
  if (runs.length === 0) return true;
  return countOrdinals(withoutOrdinals(ordinals, runs)) === countOrdinals(ordinals);
}

function unitsIn(runs: readonly Run[]): number {
  return runs.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The last one that low water has reached, and those above it. */
function usefulMarks(marks: ObjectProgress['marks'], water: number): ObjectProgress['marks'] {
  const ascending = [...marks].sort((a, b) => a.ordinal - b.ordinal);
  const reached = ascending.findLastIndex(({ ordinal }) => ordinal <= water);
  return ascending.slice(Math.max(0, reached));
}
