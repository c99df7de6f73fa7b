import { type Boundaries, sameBoundaries } from '#lib/domain/reshard/boundaries.ts';
import type { Answer } from '#lib/domain/reshard/job/journal.ts';
import type { Observation } from '#lib/domain/reshard/job/reconcile.ts';
import { boundariesAfter, type Step, stepFault } from '#lib/domain/reshard/step.ts';

/** What becomes of a call: the last three are never heard of. `late`: it is carried out a while after. */
export type Fate = 'heard' | 'busy' | 'limit-exceeded' | 'not-sent' | 'answer-lost' | 'late';

const UPDATING_MS = 3_000;
/** Less than what a job waits before it calls again. */
const LATE_MS = 4_000;

/** For tests: one stream as far as resharding goes, under a clock that the test turns, with a log of what it was asked. */
export function modelOfKinesis(start: Boundaries) {
  let nowMs = 0;
  let boundaries = start;
  let updatingUntilMs = 0;
  let unchangedSinceMs = 0;
  let next: Boundaries | null = null;
  const late: { readonly atMs: number; readonly step: Step }[] = [];
  const log = { applied: [] as Step[], whileNotActive: 0, ofAppliedStep: 0 };

  let foreignSteps = 0;

  const applyOurs = (step: Step) => {
    const answer = apply(step);
    if (answer === 'accepted') log.applied.push(step);
    return answer;
  };
  const apply = (step: Step): 'accepted' | 'busy' | 'refused' => {
    if (updatingUntilMs > nowMs) return 'busy';
    if (stepFault(boundaries, step) !== null) return 'refused';
    next = boundariesAfter(boundaries, step);
    updatingUntilMs = nowMs + UPDATING_MS;
    return 'accepted';
  };
  const settle = () => {
    if (next !== null && updatingUntilMs <= nowMs) {
      if (!sameBoundaries(boundaries, next)) unchangedSinceMs = updatingUntilMs;
      boundaries = next;
      next = null;
    }
  };
  return {
    log,
    now: () => nowMs,
    boundaries: () => boundaries,
    /** Lets time pass, with what was under way. */
    pass(ms: number) {
      const untilMs = nowMs + ms;
      for (;;) {
        const call = late.find(({ atMs }) => atMs <= untilMs);
        const wakesAtMs = Math.min(
          call?.atMs ?? untilMs,
          next === null ? untilMs : updatingUntilMs,
          untilMs,
        );
        nowMs = Math.max(nowMs, wakesAtMs);
        settle();
        if (call !== undefined && call.atMs <= nowMs) {
          late.splice(late.indexOf(call), 1);
          applyOurs(call.step);
        }
        if (nowMs >= untilMs && !late.some(({ atMs }) => atMs <= nowMs)) return;
      }
    },
    observe(): Observation {
      settle();
      return {
        atMs: nowMs,
        status: updatingUntilMs > nowMs ? 'UPDATING' : 'ACTIVE',
        mode: 'PROVISIONED',
        layout: { ok: true, boundaries },
        fingerprint: String(log.applied.length + foreignSteps),
        unchangedSinceMs,
      };
    },
    /** A call of the job. null: nothing is heard. */
    call(step: Step, fate: Fate): Answer | null {
      if (fate === 'not-sent') return null;
      if (updatingUntilMs > nowMs) log.whileNotActive += 1;
      if (log.applied.includes(step)) log.ofAppliedStep += 1;
      if (fate === 'busy' || fate === 'limit-exceeded') return fate;
      if (fate === 'late') {
        late.push({ atMs: nowMs + LATE_MS, step });
        return null;
      }
      const answer = applyOurs(step);
      return fate === 'heard' ? answer : null;
    },
    /** Somebody else's. @returns whether Kinesis took it */
    foreign(step: Step): boolean {
      const isTaken = apply(step) === 'accepted';
      if (isTaken) foreignSteps += 1;
      return isTaken;
    },
  };
}

export type KinesisModel = ReturnType<typeof modelOfKinesis>;
