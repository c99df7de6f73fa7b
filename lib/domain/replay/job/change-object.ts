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
  /** Units of requests that were answered, whatever the answer. */
  readonly answered: Run[];
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

/** @param before null where nothing was heard of the object before */
export function objectAfter(
  object: number,
  before: ObjectProgress | null,
  change: ObjectChange,
): ObjectAfter {
  const { settled, inFlight, quarantined, units, marks } = before ?? NEW_OBJECT;
  const ended = [...change.settled, ...change.quarantined];
  const settledAfter = union(settled, ended);
  if (settledAfter === null) return { ok: false, fault: 'settled-twice' };
  const unanswered = withoutOrdinals(inFlight, change.answered);
  if (!isApart(unanswered, ended)) return { ok: false, fault: 'in-flight-twice' };
  const inFlightAfter = union(unanswered, change.intended);
  if (inFlightAfter === null) return { ok: false, fault: 'in-flight-twice' };
  if (!isApart(settledAfter, change.intended)) return { ok: false, fault: 'settled-twice' };
  const unitsAfter = change.units ?? units;
  const highest = Math.max(settledAfter.at(-1)?.[1] ?? -1, inFlightAfter.at(-1)?.[1] ?? -1);
  if (unitsAfter !== null && highest >= unitsAfter) return { ok: false, fault: 'beyond-the-end' };
  return {
    ok: true,
    object: {
      object,
      settled: settledAfter,
      inFlight: inFlightAfter,
      quarantined: quarantined + unitsIn(change.quarantined),
      units: unitsAfter,
      marks: usefulMarks([...marks, ...change.marks], lowWater(settledAfter)),
    },
  };
}

const NEW_OBJECT: Omit<ObjectProgress, 'object'> = {
  settled: NO_ORDINALS,
  inFlight: NO_ORDINALS,
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
