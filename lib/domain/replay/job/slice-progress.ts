import { EMPTY_LEDGER, type Ledger, type Outstanding } from './ledger.ts';
import {
  countOrdinals,
  gapsBefore,
  hasOrdinal,
  lowWater,
  NO_ORDINALS,
  type Ordinals,
  type Run,
  withOrdinals,
} from './ordinals.ts';
import { countUnits, type Position, type Span } from './position.ts';

/** How far one object is that was begun and has not come to its end. */
export type ObjectProgress = {
  readonly object: number;
  /** Units that have come to their end. Those from 0 on without a gap lie under the object's low water. */
  readonly settled: Ordinals;
  readonly quarantined: number;
  /** How many units the object has; null until its decoder came to its end. */
  readonly units: number | null;
  /** Where its decoder can begin, ascending: at most one at or below low water, then those above. */
  readonly marks: readonly { readonly ordinal: number; readonly byte: number }[];
};

type OpenRequest = { readonly request: string; readonly spans: readonly Span[] };

/**
 * The checkpoint of a slice, as it is stored: everything that a worker needs to go on after another. What is in no
 * `settled` was not acknowledged, whatever may have happened.
 */
export type SliceProgress = {
  /** The fencing token of whoever may write it: each lease has a greater one. */
  readonly token: number;
  /** Places in the manifest, the first and the last. */
  readonly objects: { readonly first: number; readonly last: number };
  /** Those that have come to their end, counted from the slice's first. */
  readonly done: Ordinals;
  /** By place in the manifest. */
  readonly open: readonly ObjectProgress[];
  /** Those that nothing has been heard of: they may be under way. */
  readonly requests: readonly OpenRequest[];
  readonly ledger: Ledger;
};

/** @param objects none where `last` is before `first` */
export function newSlice(objects: SliceProgress['objects'], token: number): SliceProgress {
  return { token, objects, done: NO_ORDINALS, open: [], requests: [], ledger: EMPTY_LEDGER };
}

export function isSliceDone({ objects, done }: SliceProgress): boolean {
  return lowWater(done) > objects.last - objects.first;
}

/** The first unit that has not come to its end; all before it have. Null where all of the slice have. */
export function watermarkOf(progress: SliceProgress): Position | null {
  if (isSliceDone(progress)) return null;
  const object = progress.objects.first + lowWater(progress.done);
  const open = progress.open.find((entry) => entry.object === object);
  return { object, ordinal: open === undefined ? 0 : lowWater(open.settled) };
}

/** Whether a unit that was decoded again is done with. */
export function isSettled(progress: SliceProgress, { object, ordinal }: Position): boolean {
  if (hasOrdinal(progress.done, object - progress.objects.first)) return true;
  const open = progress.open.find((entry) => entry.object === object);
  return open !== undefined && hasOrdinal(open.settled, ordinal);
}

/** Where to begin to read an object: the unit, and its byte; byte 0 where it has no mark that helps. */
export function readFrom(
  progress: SliceProgress,
  object: number,
): { readonly ordinal: number; readonly byte: number } {
  const open = progress.open.find((entry) => entry.object === object);
  const water = open === undefined ? 0 : lowWater(open.settled);
  return open?.marks.findLast(({ ordinal }) => ordinal <= water) ?? { ordinal: 0, byte: 0 };
}

/** What the ledger has to be held against while the slice is not done. */
export function outstandingOf(progress: SliceProgress): Outstanding {
  return {
    settledInOpenObjects: progress.open.reduce((sum, o) => sum + countOrdinals(o.settled), 0),
    inFlight: progress.requests.reduce((sum, { spans }) => sum + countUnits(spans), 0),
  };
}

/**
 * For an object that cannot be read any further, as it was changed or deleted, or what follows is no data: what was seen
 * of it before and would have to be read again, and one unit more for what nobody has counted.
 * @param decoded how many units its present reader has come to, from 0 on: those go their way
 * @returns what goes to quarantine, and how many units the object has then
 */
export function unreadableRest(
  progress: SliceProgress,
  object: number,
  decoded: number,
): { readonly spans: readonly Span[]; readonly units: number } {
  const open = progress.open.find((entry) => entry.object === object);
  const read: readonly Run[] = decoded === 0 ? [] : [[0, decoded - 1]];
  const known = withOrdinals(open?.settled ?? NO_ORDINALS, read);
  const units = open?.units ?? (known.at(-1)?.[1] ?? -1) + 2;
  return {
    spans: gapsBefore(known, units).map(([first, last]) => ({ object, first, last })),
    units,
  };
}
