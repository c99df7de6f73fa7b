import type { JobState } from '#lib/domain/reshard/job/job-state.ts';
import type { Answer } from '#lib/domain/reshard/job/journal.ts';
import type { GoalInput } from './goal-input.ts';
import type { StepView } from './preview-view.ts';

/** A reshard as lists show it. Times are epoch milliseconds on the database's clock. */
export type ReshardJobView = {
  readonly id: number;
  readonly connection: string;
  readonly streamId: number;
  readonly streamName: string;
  readonly goalKind: GoalInput['kind'];
  readonly state: JobState;
  /** What it waits for, or why it is held or stopped. */
  readonly reason: { readonly words: string; readonly sinceMs: number } | null;
  /** Its next step is a merge that consumers have not read far enough for: it can be let go on all the same. */
  readonly waitsForConsumers: boolean;
  readonly stepCount: number;
  readonly stepsDone: number;
  readonly shardsBefore: number;
  readonly shardsAfter: number;
  readonly choice: string;
  readonly remarks: readonly string[];
  readonly requestedBy: string;
  readonly purpose: string | null;
  readonly requestedAtMs: number;
  readonly endedAtMs: number | null;
};

export type ReshardJobs = { readonly readAtMs: number; readonly jobs: readonly ReshardJobView[] };

export type JournalLine = {
  readonly atMs: number;
  readonly kind: 'intent' | 'answer' | 'effect' | 'resume';
  readonly step: number;
  readonly attempt: number | null;
  readonly answer: Answer | null;
  readonly message: string | null;
};

export type ReshardJobDetail = ReshardJobView & {
  readonly readAtMs: number;
  /** The first of its steps, and the last lines of its journal. */
  readonly steps: readonly StepView[];
  readonly journal: readonly JournalLine[];
  /** For what is left, milliseconds; null: it is over. */
  readonly remainingMs: number | null;
  readonly ignoresLag: boolean;
};
