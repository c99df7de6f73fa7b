import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { ReplayPrice } from '#lib/domain/replay/plan/estimate-price.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';
import type { StreamMode } from '#lib/domain/stream.ts';

/** Something that a plan found, for people: what it is, what it means, what to do. */
export type FindingView = {
  /** For the code: `needs-restore`, `loop`... */
  readonly kind: string;
  readonly title: string;
  readonly words: string;
  readonly todo: string;
};

/** What was planned. Everything in it is as of `atMs`, on the database's clock. */
export type PlanView = {
  readonly atMs: number;
  /** What a start has to name; both are null where it was refused. */
  readonly planHash: string | null;
  readonly decoderVersion: string | null;

  readonly objects: number;
  /** As stored, so compressed. */
  readonly storedBytes: number;
  readonly times: TimeSpan | null;
  /** Keys that the listing went through, with those outside the window. */
  readonly listed: number;
  readonly undated: number;
  readonly outOfOrder: number;
  readonly needRestore: readonly {
    readonly storageClass: string;
    readonly objects: number;
    readonly bytes: number;
  }[];
  /** Parts that workers can share. */
  readonly slices: number;

  /** What will be sent, scaled up from the sample; null: the sample shows nothing. */
  readonly records: number | null;
  /** In 95 of 100 samples the truth is within this; null: the sample is too small to tell. */
  readonly recordsError: number | null;
  /** Data and keys. */
  readonly bytes: number | null;
  readonly sample: {
    readonly objects: number;
    readonly storedBytes: number;
    readonly records: number;
    readonly largestRecordBytes: number;
    /** `partitionKey` is null for those who may not see keys. */
    readonly hottestKey: { readonly partitionKey: string | null; readonly share: number } | null;
  };

  /** `ms` null: never. `words`: what it waits for most. */
  readonly duration: { readonly ms: number | null; readonly words: string } | null;
  /** Of the target, for this pace beside its live traffic, with 30 % to spare. */
  readonly shardsNeeded: number | null;
  readonly price: ReplayPrice | null;

  /** While there are any, it cannot be started. */
  readonly refusals: readonly FindingView[];
  readonly warnings: readonly FindingView[];

  readonly target: {
    readonly mode: StreamMode;
    readonly status: string;
    readonly recordBytesMax: number;
    readonly shardCount: number;
    /** The dry run: where the sample would go, those that get most first; at most 100. */
    readonly shards: readonly PlannedShardView[];
    readonly consumers: readonly string[];
  };
  /** From a request to its answer, measured on the target. */
  readonly roundTripMs: number;
  /** At which it was planned; null: not known. */
  readonly pace: PaceSettings | null;
};

/** Hash keys are decimal text. */
export type PlannedShardView = {
  readonly shardId: string;
  readonly start: string;
  readonly end: string;
  /** What others write; null: unknown. */
  readonly live: Rates | null;
  /** What the replay may write; null: unknown. */
  readonly cap: Rates | null;
  /** Of the sample's records, 0 .. 1. */
  readonly recordShare: number;
};
