import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { WorldClock } from '#server/local-aws/world-clock.ts';
import type { Actor } from './actor.ts';

/** The virtual past gives way to other work after so long, ms of real time. */
const TURN_MS = 50;

/**
 * Runs actors in virtual time, each at its due instants in order, until `untilMs` says that it is enough.
 * The clock stands at the last instant then. Errors of an actor end it: the past has no faults.
 */
export async function runPast(
  actors: readonly Actor[],
  clock: WorldClock,
  untilMs: () => number,
): Promise<void> {
  let turnEndsMs = performance.now() + TURN_MS;
  for (;;) {
    const next = earliest(actors);
    const endMs = untilMs();
    if (next === null || next.nextDueMs > endMs) {
      clock.advanceTo(Math.max(clock.nowMs(), endMs));
      return;
    }
    clock.advanceTo(Math.max(clock.nowMs(), next.nextDueMs));
    await next.act(clock.nowMs());
    if (performance.now() > turnEndsMs) {
      await nextTurn();
      turnEndsMs = performance.now() + TURN_MS;
    }
  }
}

function earliest(actors: readonly Actor[]): Actor | null {
  let first: Actor | null = null;
  for (const actor of actors) {
    if (first === null || actor.nextDueMs < first.nextDueMs) {
      first = actor;
    }
  }
  return first;
}

export type LiveEvents = {
  /** An actor's call failed, and the one before had not. */
  readonly onFault: (actor: Actor, error: unknown) => void;
  readonly onRecovery: (actor: Actor) => void;
};

/**
 * Runs each actor at its due instants on the wall's clock until `signal` aborts. A failure does not end
 * an actor: it is told once, and the next act tries again.
 */
export async function runLive(
  actors: readonly Actor[],
  clock: WorldClock,
  events: LiveEvents,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(actors.map((actor) => runOne(actor, clock, events, signal)));
}

async function runOne(
  actor: Actor,
  clock: WorldClock,
  events: LiveEvents,
  signal: AbortSignal,
): Promise<void> {
  let isFailing = false;
  // One that has nothing more to do is never due.
  while (Number.isFinite(actor.nextDueMs) && (await waitUntil(actor.nextDueMs, clock, signal))) {
    try {
      await actor.act(clock.nowMs());
      if (isFailing) {
        isFailing = false;
        events.onRecovery(actor);
      }
    } catch (error) {
      if (!isFailing && !signal.aborted) {
        isFailing = true;
        events.onFault(actor, error);
      }
    }
  }
}

/** @returns false where the wait was aborted. */
async function waitUntil(dueMs: number, clock: WorldClock, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(Math.max(0, dueMs - clock.nowMs()), undefined, { signal });
  } catch {
    // Only an abort ends a sleep early.
  }
  return !signal.aborted;
}
