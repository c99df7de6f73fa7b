import { type Ledger, settledUnits } from './ledger.ts';
import type { RunEvent, RunState } from './run-state.ts';

/** What is known of a run's slices at one time, from their checkpoints. */
export type RunFacts = {
  readonly ledger: Ledger;
  readonly slices: number;
  readonly slicesDone: number;
  /** Requests that were written down and not answered yet, of holders whose lease has not run out. */
  readonly openRequests: number;
  /** What stands against going on; null: nothing. It stands until a person resumes. */
  readonly failure: string | null;
};

/**
 * What happens to a run by itself; null: nothing yet. To be asked after each group that is committed, by whoever
 * committed it: the answer is the same for all.
 */
export function advanceRun(state: RunState, facts: RunFacts): RunEvent | null {
  switch (state) {
    case 'running':
      if (isDone(facts)) return finish(facts);
      // Nothing fails while records are in flight: it pauses first.
      return facts.failure === null ? null : 'pause';
    case 'pausing':
      if (isDone(facts)) return finish(facts);
      if (facts.openRequests > 0) return null;
      return facts.failure === null ? 'settle' : 'fail';
    case 'cancelling':
      if (isDone(facts)) return finish(facts);
      return facts.openRequests > 0 ? null : 'settle';
    default:
      return null;
  }
}

/** At most this share of what was decoded may go to quarantine. */
export type QuarantineLimit = { readonly share: number; readonly unitsMin: number };

/**
 * Whether so much is in quarantine that something is wrong with the plan rather than with the records: the run stops for
 * a person to look. A few bad units say nothing before there is something to compare them with.
 */
export function isQuarantineOverLimit(
  ledger: Ledger,
  { share, unitsMin }: QuarantineLimit,
): boolean {
  const settled = settledUnits(ledger);
  return settled >= unitsMin && ledger.quarantined > share * settled;
}

function isDone({ slices, slicesDone }: RunFacts): boolean {
  return slices > 0 && slicesDone === slices;
}

function finish({ ledger }: RunFacts): RunEvent {
  return ledger.quarantined > 0 ? 'finish-with-quarantine' : 'finish';
}
