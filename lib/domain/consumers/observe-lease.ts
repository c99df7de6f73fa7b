import { compareCheckpoints, recordTimeOf } from './checkpoint.ts';
import type { ObservedLease } from './observation.ts';
import { deadAfterMs, learn } from './renewal.ts';
import type { Thresholds } from './thresholds.ts';
import type { LeaseTrack, Place } from './track.ts';

/** When a lease was looked at. */
export type Look = {
  readonly atMs: number;
  readonly throughMs: number;
  readonly counterIs: 'renewals' | 'expiry';
};

/** The growth window is kept as so many places at most, however often checkpoints are written. */
const PLACES_MAX = 10;
/** An interval between checkpoints longer than this many of the usual ones is idleness, not habit. */
const CHECKPOINT_EVERY_CAP = 5;
/** Renewals that are further apart than this many of their usual intervals have a pause between them. */
const PAUSED_FROM = 1.5;
/** More switches than this between two observations are not told apart. */
const SWITCHES_MAX = 10;

/**
 * A lease that was not there before.
 * @param isNew the application was known: the lease came up between two observations
 */
export function beginLease(lease: ObservedLease, look: Look, isNew: boolean): LeaseTrack {
  const { atMs, throughMs } = look;
  return {
    lease,
    firstSeenMs: atMs,
    seenMs: atMs,
    unownedPolls: isUnowned(lease) ? 1 : 0,
    ownerSinceMs: isNew ? throughMs : null,
    counterMovedMs: throughMs,
    aliveSinceMs: null,
    atWork: null,
    renewEveryMs: null,
    recordMs: recordTimeOf(lease.checkpoint),
    checkpointSeenMs: throughMs,
    checkpointAfterMs: null,
    checkpointEveryMs: null,
    rewound: null,
    ownerChangesMs: [],
    checkpointOwnerSinceMs: lease.checkpointOwner === null ? null : throughMs,
    previous: null,
    places: [],
  };
}

/** What is known of a lease once it has been looked at again. `look` is later than all before. */
export function followLease(
  before: LeaseTrack,
  lease: ObservedLease,
  look: Look,
  thresholds: Thresholds,
): LeaseTrack {
  const isSameOwner = lease.owner === before.lease.owner;
  return {
    lease,
    firstSeenMs: before.firstSeenMs,
    seenMs: look.atMs,
    unownedPolls: isUnowned(lease) ? before.unownedPolls + 1 : 0,
    ownerSinceMs: isSameOwner ? before.ownerSinceMs : look.throughMs,
    ownerChangesMs: ownerChanges(before, lease, look, thresholds),
    checkpointOwnerSinceMs: handoffSince(before, lease, look),
    ...followCounter(before, lease, look, isSameOwner, thresholds),
    ...followCheckpoint(before, lease, look, thresholds),
  };
}

function isUnowned(lease: ObservedLease): boolean {
  return lease.owner === null && lease.checkpointOwner === null;
}

function handoffSince(before: LeaseTrack, lease: ObservedLease, look: Look): number | null {
  if (lease.checkpointOwner === null) return null;
  const goesOn = before.lease.checkpointOwner === lease.checkpointOwner;
  return goesOn ? before.checkpointOwnerSinceMs : look.throughMs;
}

function followCounter(
  before: LeaseTrack,
  lease: ObservedLease,
  look: Look,
  isSameOwner: boolean,
  thresholds: Thresholds,
): Pick<LeaseTrack, 'counterMovedMs' | 'aliveSinceMs' | 'atWork' | 'renewEveryMs'> {
  const { counterMovedMs, aliveSinceMs, atWork, renewEveryMs } = before;
  const atOnce = { sinceMs: look.throughMs, untilMs: look.throughMs };
  if (!isSameOwner) {
    // A lease that is taken is renewed by that; the new owner may renew at another pace, but rarely does.
    const nowMs = look.throughMs;
    return { counterMovedMs: nowMs, aliveSinceMs: nowMs, atWork: atOnce, renewEveryMs };
  }
  if (lease.counter === before.lease.counter) {
    return { counterMovedMs, aliveSinceMs, atWork, renewEveryMs };
  }
  const stoodMs = look.throughMs - counterMovedMs;
  // One that says itself when it expires may be renewed as rarely as that; it is back only where it had expired.
  const isBack =
    look.counterIs === 'expiry'
      ? look.throughMs - Number(before.lease.counter ?? 0n) > thresholds.deadOwnerFloorMs
      : stoodMs > deadAfterMs(renewEveryMs, thresholds);
  const renewals = Number((lease.counter ?? 0n) - (before.lease.counter ?? 0n));
  const isLesson =
    look.counterIs === 'renewals' &&
    lease.counter !== null &&
    before.lease.counter !== null &&
    renewals > 0;
  return {
    counterMovedMs: look.throughMs,
    aliveSinceMs: aliveSinceMs === null || isBack ? look.throughMs : aliveSinceMs,
    atWork:
      atWork === null || isBack || (isLesson && hasPaused(stoodMs, renewals, renewEveryMs))
        ? atOnce
        : // Of a renewal that was counted it is only known that it came after the look before.
          { ...atWork, untilMs: isLesson ? before.seenMs : look.throughMs },
    renewEveryMs: isLesson ? learn(renewEveryMs, stoodMs / renewals) : renewEveryMs,
  };
}

/** Whether so few renewals in that time, the pause before the first of them among it, mean that there was none for a while. */
function hasPaused(stoodMs: number, renewals: number, renewEveryMs: number | null): boolean {
  return renewEveryMs === null || stoodMs > PAUSED_FROM * (renewals + 1) * renewEveryMs;
}

type CheckpointTrack = Pick<
  LeaseTrack,
  | 'recordMs'
  | 'checkpointSeenMs'
  | 'checkpointAfterMs'
  | 'checkpointEveryMs'
  | 'rewound'
  | 'previous'
  | 'places'
>;

function followCheckpoint(
  before: LeaseTrack,
  lease: ObservedLease,
  look: Look,
  thresholds: Thresholds,
): CheckpointTrack {
  const order = compareCheckpoints(lease.checkpoint, before.lease.checkpoint);
  if (order === 0) {
    return { ...pickCheckpoint(before), places: withinWindow(before.places, look, thresholds) };
  }
  const changed = {
    recordMs: recordTimeOf(lease.checkpoint),
    checkpointSeenMs: look.throughMs,
    checkpointAfterMs: before.seenMs,
  };
  if (order !== null && order < 0) {
    // What was learned of its way forward says nothing of the second time.
    return {
      ...changed,
      checkpointEveryMs: before.checkpointEveryMs,
      rewound: furthest(before, look),
      previous: null,
      places: [],
    };
  }
  const left = placeOf(before);
  return {
    ...changed,
    checkpointEveryMs: learnInterval(before, look, thresholds),
    rewound: hasRecovered(before, lease) ? null : before.rewound,
    previous: left,
    places: withPlace(withinWindow(before.places, look, thresholds), left, thresholds),
  };
}

function pickCheckpoint(track: LeaseTrack): CheckpointTrack {
  const { recordMs, checkpointSeenMs, checkpointAfterMs, checkpointEveryMs } = track;
  const { rewound, previous, places } = track;
  return {
    recordMs,
    checkpointSeenMs,
    checkpointAfterMs,
    checkpointEveryMs,
    rewound,
    previous,
    places,
  };
}

/** The place that a lease is at; null where it carries no time, or when it was reached is not known. */
function placeOf(track: LeaseTrack): Place | null {
  const { recordMs, checkpointAfterMs: afterMs, checkpointSeenMs: byMs } = track;
  return recordMs === null || afterMs === null ? null : { afterMs, byMs, recordMs };
}

function furthest(before: LeaseTrack, look: Look): LeaseTrack['rewound'] {
  const { rewound, lease } = before;
  if (rewound === null) return { atMs: look.throughMs, from: lease.checkpoint };
  const order = compareCheckpoints(lease.checkpoint, rewound.from);
  return order !== null && order > 0 ? { ...rewound, from: lease.checkpoint } : rewound;
}

function hasRecovered(before: LeaseTrack, lease: ObservedLease): boolean {
  if (before.rewound === null) return true;
  const order = compareCheckpoints(lease.checkpoint, before.rewound.from);
  // Where the two cannot be compared any more (LATEST), there is nothing left to come back to.
  return order === null || order >= 0;
}

function learnInterval(before: LeaseTrack, look: Look, thresholds: Thresholds): number | null {
  // The first checkpoint that was seen may have stood for long before.
  if (before.checkpointAfterMs === null) return before.checkpointEveryMs;
  const spacingMs = look.throughMs - before.checkpointSeenMs;
  const capMs = CHECKPOINT_EVERY_CAP * thresholds.checkpointEveryMs;
  return Math.min(capMs, learn(before.checkpointEveryMs, Math.min(spacingMs, capMs)));
}

function withinWindow(
  places: readonly Place[],
  look: Look,
  thresholds: Thresholds,
): readonly Place[] {
  const [oldest] = places;
  const fromMs = look.atMs - thresholds.growthWindowMs;
  if (oldest === undefined || oldest.byMs >= fromMs) return places;
  return places.filter(({ byMs }) => byMs >= fromMs);
}

function withPlace(
  places: readonly Place[],
  left: Place | null,
  thresholds: Thresholds,
): readonly Place[] {
  const last = places.at(-1);
  if (left === null) return places;
  const isSpaced =
    last === undefined || left.byMs - last.byMs >= thresholds.growthWindowMs / PLACES_MAX;
  return isSpaced ? [...places, left] : places;
}

/**
 * Every lease that is taken counts, its first owner too. Between two observations it may have gone through several hands,
 * which only `ownerSwitchesSinceCheckpoint` tells.
 */
function ownerChanges(
  before: LeaseTrack,
  lease: ObservedLease,
  look: Look,
  thresholds: Thresholds,
): readonly number[] {
  const fromMs = look.atMs - thresholds.churnWindowMs;
  const [oldest] = before.ownerChangesMs;
  const kept =
    oldest === undefined || oldest >= fromMs
      ? before.ownerChangesMs
      : before.ownerChangesMs.filter((ms) => ms >= fromMs);
  const isTaken = lease.owner !== null && lease.owner !== before.lease.owner;
  const switches = (lease.ownerSwitches ?? 0) - (before.lease.ownerSwitches ?? 0);
  const count = Math.min(SWITCHES_MAX, Math.max(isTaken ? 1 : 0, switches));
  return count === 0 ? kept : [...kept, ...new Array<number>(count).fill(look.throughMs)];
}
