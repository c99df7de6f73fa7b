import type { RunState } from '#lib/domain/replay/job/run-state.ts';

/**
 * What every tab knows of a replay that is no draft: enough to tell its end wherever somebody is, and to read anew what
 * a page shows of it.
 */
export type ReplayHead = {
  readonly runId: number;
  readonly state: RunState;
  /** Of the stream that is written to; null while none is chosen. */
  readonly targetName: string | null;
  /** What stands against going on, in words; null: nothing. */
  readonly failure: string | null;
};
