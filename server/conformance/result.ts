import type { Behaviour, Source } from './case.ts';

/**
 * - same: as expected
 * - differs: answered otherwise
 * - known: differs, or failed, and the list of known differences says so
 * - not-applicable: this run cannot try it
 * - error: no answer to compare (closed connection, deadline, defect of the case)
 */
export type Verdict = 'same' | 'differs' | 'known' | 'not-applicable' | 'error';

/** One line of the report. */
export interface Result {
  readonly name: string;
  readonly operation: string;
  readonly behaviour: Behaviour;
  readonly expected: string;
  readonly source: Source;
  /** In words; for `not-applicable` the reason. */
  readonly seen: string;
  readonly verdict: Verdict;
  readonly seconds: number;
}
