import type { HashKey } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import { type Boundaries, sameBoundaries } from '#lib/domain/reshard/boundaries.ts';
import type { ReshardPlan } from '#lib/domain/reshard/plan.ts';
import {
  boundariesAfter,
  boundariesAfterSteps,
  joinsShards,
  type Step,
  stepRange,
} from '#lib/domain/reshard/step.ts';
import type { StreamMode, StreamStatus } from '#lib/domain/stream.ts';
import type { LastCall, Progress } from './journal.ts';
import { type Difference, differenceOf, isOwnDoing, type Mismatch, named } from './mismatch.ts';

/** The stream as it was just described and listed. */
export type Observation = {
  readonly atMs: number;
  readonly status: StreamStatus;
  readonly mode: StreamMode;
  /** The open shards' boundaries, or the first key at which they do not cover the ring; null unless ACTIVE. */
  readonly layout:
    | { readonly ok: true; readonly boundaries: Boundaries }
    | { readonly ok: false; readonly firstFault: HashKey }
    | null;
  /** Of that layout; another one where shards of the same ranges are other shards. */
  readonly fingerprint: string;
  /** Since when each look has shown the same: a single odd one is not acted on. */
  readonly unchangedSinceMs: number;
};

/** What else decides whether the next step may be begun. */
type Leave = {
  /** false: paused or to be cancelled. */
  readonly mayBegin: boolean;
  /** Parts of the ring in which a consumer is too far behind for a merge; empty where that was overridden. */
  readonly laggingRanges: readonly HashRange[];
};

export type ReconcileTimes = {
  /** So long after a call whose answer is lost its effect may still come; and after one that was taken, be unseen. */
  readonly settleMs: number;
  /** So long something unexpected must be seen before it is believed. */
  readonly confirmMs: number;
  /** Before the next attempt: doubled each time, from the first to the second. */
  readonly backOffMsMin: number;
  readonly backOffMsMax: number;
  readonly attemptsMax: number;
};

export const RECONCILE_TIMES: ReconcileTimes = {
  settleMs: 15_000,
  confirmMs: 2_000,
  backOffMsMin: 1_000,
  backOffMsMax: 60_000,
  attemptsMax: 12,
};

export type Waiting =
  | 'step-under-way'
  /** UPDATING, and not by us: others reshard, or encryption or another setting is changed. */
  | 'updating-by-others'
  | 'answer-lost'
  | 'effect-unseen'
  | 'backing-off'
  | 'confirming'
  | 'consumer-lags';

export type Hold =
  | ({ readonly kind: 'resharded-by-others' } & Difference)
  | { readonly kind: 'mode-changed' }
  /** A permission or credentials are missing, or the connection is read-only. */
  | { readonly kind: 'denied'; readonly message: string | null }
  | {
      readonly kind: 'too-many-attempts';
      readonly attempts: number;
      readonly message: string | null;
    };

/** What to do next. `untilMs`: when to look again at the latest. */
export type NextAction =
  /** Write the intent, then make the one call. */
  | { readonly do: 'call'; readonly step: number; readonly attempt: number }
  | { readonly do: 'record-effect'; readonly step: number }
  | { readonly do: 'wait'; readonly why: Waiting; readonly untilMs: number }
  /** Nothing is under way, and nothing may be begun. */
  | { readonly do: 'rest' }
  | { readonly do: 'finish' }
  | { readonly do: 'hold'; readonly hold: Hold }
  | { readonly do: 'stop'; readonly mismatch: Mismatch };

/** The stream is looked at so often while it is UPDATING. */
const LOOK_EVERY_MS = 1_000;

type Facts = {
  readonly plan: Pick<ReshardPlan, 'from' | 'steps'>;
  readonly progress: Progress;
  readonly seen: Observation;
  readonly leave: Leave;
  readonly times: ReconcileTimes;
};

/**
 * From what was planned, what was written down and what is there to the next thing to do. Whoever comes after a crash
 * at any instant comes to the same by it, so that it is the only way by which a job goes on:
 *
 *   as the step gives it    -> its effect is found, whether or not its answer was heard
 *   as before the step      -> called again only where no call can still be under way, and the shards are the same
 *   neither                 -> our own doing: stop; somebody else's: hold
 */
export function reconcile(facts: Facts): NextAction {
  const { seen, progress } = facts;
  if (seen.status === 'DELETING' || seen.status === 'CREATING') {
    return { do: 'stop', mismatch: { kind: 'stream-gone' } };
  }
  if (seen.mode === 'ON_DEMAND') return { do: 'hold', hold: { kind: 'mode-changed' } };
  if (seen.status === 'UPDATING' || seen.layout === null) {
    const isOurs = mayBeUnderWay(progress.lastCall);
    return waitFor(seen, isOurs ? 'step-under-way' : 'updating-by-others', LOOK_EVERY_MS);
  }
  if (!seen.layout.ok) {
    const mismatch = { kind: 'ring-fault', at: seen.layout.firstFault } as const;
    return confirmed(facts, { do: 'stop', mismatch });
  }
  return byLayout(facts, seen.layout.boundaries);
}

function byLayout(facts: Facts, found: Boundaries): NextAction {
  const { plan, progress, leave } = facts;
  const before = boundariesAfterSteps(plan.from, plan.steps, progress.done);
  const step = plan.steps[progress.done];
  if (step === undefined) {
    return sameBoundaries(found, before) ? { do: 'finish' } : byOthers(facts, before, found);
  }
  const after = boundariesAfter(before, step);
  if (progress.lastCall !== null && sameBoundaries(found, after)) {
    return { do: 'record-effect', step: progress.done };
  }
  if (!sameBoundaries(found, before)) {
    // What was refused has done nothing: others resharded between the look and the call.
    return mayBeUnderWay(progress.lastCall) && isOwnDoing(before, step, after, found)
      ? wrongResult(facts, after, found)
      : byOthers(facts, before, found);
  }
  if (wasUndone(facts)) return byOthers(facts, before, found);
  const pending = pendingCall(facts, progress.lastCall);
  if (pending !== null) return pending;
  if (!leave.mayBegin) return { do: 'rest' };
  if (joinsShards(before, step) && isLagging(leave, before, step)) {
    return waitFor(facts.seen, 'consumer-lags', 10 * LOOK_EVERY_MS);
  }
  return { do: 'call', step: progress.done, attempt: (progress.lastCall?.attempt ?? 0) + 1 };
}

/**
 * Whether other shards have the ranges from before a call of ours that may have been carried out: somebody took its
 * effect away again.
 */
function wasUndone({ seen, progress: { lastCall } }: Facts): boolean {
  return (
    mayBeUnderWay(lastCall) &&
    lastCall?.fingerprint != null &&
    lastCall.fingerprint !== seen.fingerprint
  );
}

/** What the last call still keeps us from, where its step has had no effect; null: nothing. */
function pendingCall({ seen, progress, times }: Facts, call: LastCall | null): NextAction | null {
  if (call === null) return null;
  const { answer, tries, message } = call;
  if (answer === 'refused') {
    return { do: 'stop', mismatch: { kind: 'refused', step: progress.done, message } };
  }
  if (answer === 'denied' && tries > 0) return { do: 'hold', hold: { kind: 'denied', message } };
  if (answer === null || answer === 'lost' || answer === 'accepted') {
    const untilMs = (call.answeredAtMs ?? call.intendedAtMs) + times.settleMs;
    if (seen.atMs < untilMs) {
      return { do: 'wait', why: answer === 'accepted' ? 'effect-unseen' : 'answer-lost', untilMs };
    }
    if (answer === 'accepted') {
      return { do: 'stop', mismatch: { kind: 'no-effect', step: progress.done } };
    }
  }
  if (tries >= times.attemptsMax) {
    return { do: 'hold', hold: { kind: 'too-many-attempts', attempts: tries, message } };
  }
  if (tries === 0) return null;
  const untilMs = (call.answeredAtMs ?? call.intendedAtMs) + backOffMs(times, tries);
  return seen.atMs < untilMs ? { do: 'wait', why: 'backing-off', untilMs } : null;
}

function backOffMs({ backOffMsMin, backOffMsMax }: ReconcileTimes, tries: number): number {
  return Math.min(backOffMsMax, backOffMsMin * 2 ** (tries - 1));
}

/** Whether the stream may be UPDATING by our call: it was not said no to. */
function mayBeUnderWay(call: LastCall | null): boolean {
  return (
    call !== null && (call.answer === null || call.answer === 'lost' || call.answer === 'accepted')
  );
}

function wrongResult(facts: Facts, after: Boundaries, found: Boundaries): NextAction {
  const difference = named(differenceOf(after, found));
  const mismatch = { kind: 'wrong-result', step: facts.progress.done, ...difference } as const;
  return confirmed(facts, { do: 'stop', mismatch });
}

function byOthers(facts: Facts, before: Boundaries, found: Boundaries): NextAction {
  const hold = { kind: 'resharded-by-others', ...named(differenceOf(before, found)) } as const;
  return confirmed(facts, { do: 'hold', hold });
}

/** A look may be older than the one before it: what is odd is believed when it lasts. */
function confirmed({ seen, times }: Facts, action: NextAction): NextAction {
  const untilMs = seen.unchangedSinceMs + times.confirmMs;
  return seen.atMs < untilMs ? { do: 'wait', why: 'confirming', untilMs } : action;
}

function isLagging({ laggingRanges }: Leave, before: Boundaries, step: Step): boolean {
  const { start, end } = stepRange(before, step);
  return laggingRanges.some((range) => range.start <= end && start <= range.end);
}

function waitFor({ atMs }: Observation, why: Waiting, ms: number): NextAction {
  return { do: 'wait', why, untilMs: atMs + ms };
}
