import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { ReplayPrice } from '#lib/domain/replay/plan/estimate-price.ts';
import type { RecordsEstimate } from '#lib/domain/replay/plan/estimate-records.ts';
import type { Refusal, Warning } from '#lib/domain/replay/plan/findings.ts';
import type { ManifestTotals } from '#lib/domain/replay/plan/manifest.ts';
import type { PredictedDuration } from '#lib/domain/replay/plan/predict-duration.ts';
import type { ArchiveSample } from '#lib/domain/replay/plan/sample.ts';
import type { SliceBounds } from '#lib/domain/replay/plan/slice-cutter.ts';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';

/** Shapes of JSON columns that the domain has no plain form of. */

export type StoredManifest = Omit<ManifestTotals, 'needRestore'> & {
  readonly needRestore: readonly {
    readonly storageClass: string;
    readonly objects: number;
    readonly bytes: number;
  }[];
  /** Keys that the listing went through. */
  readonly listed: number;
  /** As many as workers may share; one where order or time is kept. */
  readonly slices: readonly SliceBounds[];
};

/** What a plan found and foretold. It was made at `atMs`, of the target as it was then. */
export type StoredPlan = {
  readonly atMs: number;
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
  readonly sample: ArchiveSample;
  readonly records: RecordsEstimate | null;
  /** Data and keys of what will be sent, scaled up; null where the sample shows nothing. */
  readonly bytes: number | null;
  /** `ms` is null where it never ends. */
  readonly duration: (Omit<PredictedDuration, 'ms'> & { readonly ms: number | null }) | null;
  readonly shardsNeeded: number | null;
  readonly price: ReplayPrice | null;
  readonly target: {
    readonly mode: 'PROVISIONED' | 'ON_DEMAND';
    readonly status: string;
    readonly recordBytesMax: number;
    readonly shards: readonly StoredTargetShard[];
    /** Consumers that will see the records, by their names. */
    readonly consumers: readonly string[];
  };
  /** From a request to its answer, as measured when it was planned. */
  readonly roundTripMs: number;
  /** At which it was planned; missing in plans that were made before it was kept. */
  readonly pace?: PaceSettings;
};

/** An open shard of the target in order of hash keys, which are decimal text. */
export type StoredTargetShard = {
  readonly shardId: string;
  readonly start: string;
  readonly end: string;
  /** What others write; null: unknown. */
  readonly live: Rates | null;
  /** What the replay may write; null: unknown, and no cap of its own was set. */
  readonly cap: Rates | null;
};

/** As they were at `atMs` on the database's clock. */
export type StoredCaps = {
  readonly atMs: number;
  /** The end of the period that `live` was measured in; null: nothing was. */
  readonly liveUntilMs: number | null;
  /**
   * Since when nothing is sent to some shards, as nobody knows what others write there and no cap of its own was set;
   * null, or missing: it is known of all.
   */
  readonly unknownSinceMs?: number | null;
  readonly shards: readonly (Omit<StoredTargetShard, 'cap'> & {
    readonly cap: Rates;
    /** Records of others that were refused in the last period, more than before the replay. */
    readonly refusesOthers: boolean;
  })[];
};

/** By shard id: bytes and records that were taken, and records that were throttled. */
export type StoredSent = Readonly<Record<string, readonly [number, number, number]>>;

/** `kind` is for the code, `words` for people: what happened, what it means, what to do. */
export type StoredFailure = {
  readonly kind: string;
  readonly words: string;
  readonly sinceMs: number;
};
