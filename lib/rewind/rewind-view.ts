import type { LiveLease } from '#lib/domain/consumers/rewind/live-leases.ts';
import type {
  RewindEffect,
  RewindState,
  RewindTarget,
} from '#lib/domain/consumers/rewind/rewind.ts';

/** What setting an application to another place would do: see planRewind. */
export type RewindPreview = {
  readonly rewindId: number;
  readonly target: RewindTarget;
  /** Leases that will be written; 0: everything is there already. */
  readonly leases: number;
  /** The first of them in hash-key order; `leases` says how many there are. */
  readonly effects: readonly RewindEffect[];
  readonly again: RewindTotals;
  /** Leases whose owner is at work, or may be: it is refused unless that is confirmed by the application's name. */
  readonly live: readonly LiveLease[];
};

/** What will be read again, at least, over the shards of which it is known. */
export type RewindTotals = {
  readonly records: number;
  readonly bytes: number;
  /** Shards of which it is not known. */
  readonly unknownShards: number;
  /** When the oldest record arrived that is read again; null: not known, or none is. */
  readonly earliestMs: number | null;
};

/** A rewind that was begun. Times are epoch milliseconds on the database's clock. */
export type RewindView = {
  readonly rewindId: number;
  readonly target: RewindTarget;
  /** The rewind whose leases it put back; null: none. */
  readonly restores: number | null;
  readonly actor: string;
  readonly state: RewindState;
  /** Whoever carried it out died: it is to be finished or put back. */
  readonly isCutOff: boolean;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly leases: number;
  readonly written: number;
  readonly refused: number;
};

/** At most so many effects are shown one by one. */
export const EFFECTS_MAX = 200;
