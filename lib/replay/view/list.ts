import type { PersonsEvent, RunState } from '#lib/domain/replay/job/run-state.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { RateView } from './run.ts';

/** A replay as lists show it. Times are epoch milliseconds on the database's clock; null: not yet, or not known. */
export type ReplayListRow = {
  readonly id: number;
  readonly state: RunState;
  /** What may be asked of it now, in the order of buttons. */
  readonly allowed: readonly PersonsEvent[];
  /** What stands against going on, or why its plan was refused. */
  readonly failure: { readonly kind: string; readonly words: string } | null;
  readonly source: { readonly bucket: string; readonly prefix: string } | null;
  /** The replay whose quarantine it reads, in place of an archive. */
  readonly quarantineOf: number | null;
  readonly target: { readonly connection: string; readonly streamName: string } | null;
  /** Of the archive's time; null: all of it, or not decided. */
  readonly window: TimeSpan | null;
  readonly purpose: string | null;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly startedBy: string | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly objects: number | null;
  readonly storedBytes: number | null;
  readonly storedBytesDone: number;
  readonly emitted: number;
  readonly quarantined: number;
  /** Records that may be in the target more than once. */
  readonly possibleDuplicates: number;
  /** As measured between the last two ticks; null: not running, or too early to tell. */
  readonly rate: RateView | null;
};

/** Newest change first. */
export type ReplayList = { readonly readAtMs: number; readonly rows: readonly ReplayListRow[] };
