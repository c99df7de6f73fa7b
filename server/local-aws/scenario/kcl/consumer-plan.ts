import type { Wave } from '#server/local-aws/scenario/wave.ts';

/**
 * The generation of the Kinesis Client Library that an application runs, as far as its tables show it:
 * - `kcl-1` leases closed shards too when it begins, and knows neither ranges nor children;
 * - `kcl-2` writes each shard's range and children;
 * - `kcl-3` spreads leases by `throughputKBps`, hands them over in peace (`checkpointOwner`), and keeps
 *   `<application>-WorkerMetricStats` and `<application>-CoordinatorState`;
 * - `kcl-3.5` keeps those rows in the lease table, told apart by `entityType`.
 */
export type Library = 'kcl-1' | 'kcl-2' | 'kcl-3' | 'kcl-3.5';

/** Where an application begins on a shard that it has no lease of: the library's InitialPositionInStream. */
export type StartAt =
  | { readonly type: 'TRIM_HORIZON' }
  | { readonly type: 'LATEST' }
  | { readonly type: 'AT_TIMESTAMP'; readonly timestampMs: number };

/** An application that reads one stream or several, as many workers under one lease table. */
export type ConsumerPlan = {
  /** Also the name of its lease table. */
  readonly application: string;
  /** More than one: a multi-stream application, whose lease keys name the stream. */
  readonly streamNames: readonly [string, ...string[]];
  readonly library: Library;
  readonly startAt: StartAt;
  readonly workerCount: number;
  /** Pause between two reads of a shard, ms: the library's idleTimeBetweenReads. */
  readonly pollMs: number;
  /** What `workerCount` workers together manage, records per second. */
  readonly recordsPerSecond: number;
  /** How that changes with time. */
  readonly wave: Wave;
  /** Pause between two checkpoints of a shard, ms. */
  readonly checkpointMs: { readonly least: number; readonly most: number };
  /** Writes a checkpoint as pending first, and commits it at its next read (PreparedCheckpointer). */
  readonly preparesCheckpoints: boolean;
  /** Read and write capacity units of the lease table; null where it is billed by request. */
  readonly provisionedUnits: number | null;
  /** One worker that is taken away now and then, as a spot instance is. */
  readonly interruption: InterruptionPlan | null;
};

export type InterruptionPlan = {
  /** Index of the worker. */
  readonly worker: number;
  /** The first time, ms after the application began; then each `everyMs`. */
  readonly afterMs: number;
  readonly everyMs: number;
  readonly forMs: number;
};

/** What has to be said of an application; the rest may be left out. */
export type GivenPlan = Pick<ConsumerPlan, 'application' | 'streamNames'> & {
  readonly [K in keyof ConsumerPlan]?: ConsumerPlan[K] | undefined;
};

const CHECKPOINT_MS = { least: 5_000, most: 10_000 };
const ALL_THERE_IS: Wave = () => 1;

/** Fills in the defaults of the library and, for checkpoints, what its users do. */
export function planConsumer(given: GivenPlan): ConsumerPlan {
  return {
    application: given.application,
    streamNames: given.streamNames,
    library: given.library ?? 'kcl-3',
    startAt: given.startAt ?? { type: 'TRIM_HORIZON' },
    workerCount: given.workerCount ?? 1,
    pollMs: given.pollMs ?? 1_000,
    recordsPerSecond: given.recordsPerSecond ?? 1_000,
    wave: given.wave ?? ALL_THERE_IS,
    checkpointMs: given.checkpointMs ?? CHECKPOINT_MS,
    preparesCheckpoints: given.preparesCheckpoints ?? false,
    provisionedUnits: given.provisionedUnits ?? null,
    interruption: given.interruption ?? null,
  };
}

/** Does this generation keep workers' metrics, and hand leases over in peace? */
export function isVersion3(library: Library): boolean {
  return library === 'kcl-3' || library === 'kcl-3.5';
}

/**
 * - `running`: as planned.
 * - `slow`: manages `SLOW_SHARE` of what comes.
 * - `stalled`: renews its leases, but processes nothing.
 * - `zombie`: processes, and renews, but never checkpoints: all of it would be read again.
 * - `dead`: does nothing at all, and its leases expire.
 */
export type WorkerMode = 'running' | 'stalled' | 'slow' | 'zombie' | 'dead';

/** Share of the plan that a slow worker still manages. */
export const SLOW_SHARE = 0.1;

export function workerName(application: string, index: number): string {
  return `${application}-${index + 1}`;
}
