import type { ShardId } from '#lib/domain/shard.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ObservedLease } from './observation.ts';

/**
 * A place that a lease was seen to reach: its checkpoint was written after `afterMs` (the last observation that found
 * another one) and by `byMs` (the first that found it). `recordMs`: the time in its sequence number.
 */
export type Place = {
  readonly afterMs: number;
  readonly byMs: number;
  readonly recordMs: number;
};

/**
 * What is remembered of one lease. Times are epoch milliseconds on AWS's clock. What was seen to be so is of the instant
 * at which an observation began, what was seen to have changed of the one at which it ended: so nothing is ever said to
 * have lasted for longer than it did.
 */
export type LeaseTrack = {
  readonly lease: ObservedLease;
  readonly firstSeenMs: number;
  /** The newest observation that found it. */
  readonly seenMs: number;
  /** Observations in a row, this one included, that found neither owner nor checkpoint owner. */
  readonly unownedPolls: number;
  /** Since when it has the owner it has, or has none. null: since before anybody looked. */
  readonly ownerSinceMs: number | null;
  /** First seen with this counter. */
  readonly counterMovedMs: number;
  /**
   * Since when its counter has moved without a long pause under the same owner: a worker that has just come back has
   * not had the time to read what waits. null where it was never seen to move.
   */
  readonly aliveSinceMs: number | null;
  /**
   * When its worker surely went on renewing: no pause between the two is longer than its renewals are apart. After the
   * latter it may have died, though its counter was seen to have moved since. null where it was never seen to move.
   */
  readonly atWork: { readonly sinceMs: number; readonly untilMs: number } | null;
  /** Between two renewals, learned; null where the counter was never seen to move, or counts no renewals. */
  readonly renewEveryMs: number | null;
  /** The time in its checkpoint's sequence number; null where it carries none. */
  readonly recordMs: number | null;
  /** First seen with this checkpoint, */
  readonly checkpointSeenMs: number;
  /** and the observation before, which found another one; null where this is the only one that was ever seen. */
  readonly checkpointAfterMs: number | null;
  /** Between two checkpoints, learned; null where fewer than two were seen to be written. */
  readonly checkpointEveryMs: number | null;
  /** Where it went back from, until it is there again. */
  readonly rewound: { readonly atMs: number; readonly from: Checkpoint } | null;
  /** Changes of its owner within the churn window, oldest first. */
  readonly ownerChangesMs: readonly number[];
  readonly checkpointOwnerSinceMs: number | null;
  /** The place that it left last; null where none was seen, and after it went back. */
  readonly previous: Place | null;
  /** Places of the growth window, oldest first, spaced out; the present one is not among them until it is left. */
  readonly places: readonly Place[];
};

/** A shard without a lease. `wasUnfinished`: it had one, which went away before the shard was worked off. */
export type MissingLease = { readonly sinceMs: number; readonly wasUnfinished: boolean };

export type WorkerTrack = {
  readonly firstSeenMs: number;
  /** When it last proved to be alive: a lease of its was renewed, or it reported of itself. null: not yet. */
  readonly lastSeenMs: number | null;
};

/** What is remembered of an application on a stream from observation to observation: the evaluator's memory. */
export type ApplicationTrack = {
  readonly firstSeenMs: number;
  /** Of the newest observation. */
  readonly observedMs: number;
  /** Of the one before; null where there was none. */
  readonly previousMs: number | null;
  readonly counterIs: 'renewals' | 'expiry';
  readonly leases: ReadonlyMap<ShardId, LeaseTrack>;
  /** Shards of the stream, open ones or those that lost their lease, that have none. */
  readonly missing: ReadonlyMap<ShardId, MissingLease>;
  /** Workers that were seen within the churn window. */
  readonly workers: ReadonlyMap<string, WorkerTrack>;
  /** Whether workers report of themselves (KCL 3). */
  readonly reportsWorkers: boolean;
  /** Since when work lies unevenly; null where it does not. */
  readonly skewedSinceMs: number | null;
  /** Learned over all leases, for those that have not taught their own. */
  readonly checkpointEveryMs: number | null;
  /** What is wrong with rows that could not be read, in the newest observation. */
  readonly unreadable: readonly string[];
};
