import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { Pace } from '#lib/domain/replay/emit/schedule.ts';
import type { FilterPlan } from '#lib/domain/replay/filter/filter-plan.ts';
import type { QuarantineLimit } from '#lib/domain/replay/job/advance-run.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { TransformPlan } from '#lib/domain/replay/transform/decode-object.ts';
import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';

/** Where an archive lies, and what its keys say of time. */
export type ArchiveSource = {
  /** By whose credentials and endpoint it is read. */
  readonly connection: string;
  readonly bucket: string;
  /** What all keys begin with, up to the folders of the time; may be empty. */
  readonly prefix: string;
  /** IANA name of the zone that the keys were written in; Firehose writes UTC unless told otherwise. */
  readonly timeZone: string;
  /** One buffer interval of whoever wrote the archive: an object may hold records that are so much younger than its key. */
  readonly paddingMs: number;
};

/** The stream that is written to, of this incarnation: made again under its name, it is another one. */
export type ReplayTarget = {
  readonly connection: string;
  readonly streamName: string;
  readonly streamArn: string;
  readonly createdAtMs: number;
};

/**
 * What a person approves, and what cannot change once it is planned: it is part of the plan's hash. Plain data, stored
 * as it is.
 */
export type ReplaySettings = {
  readonly source: ArchiveSource;
  /** The stream that the archive was made of, where it is known: writing into it again needs its name typed. */
  readonly sourceStreamArn: string | null;
  /** Which objects are taken, by the times in their keys; null takes all. Records are filtered by `filter.window`. */
  readonly window: TimeSpan | null;
  readonly transform: TransformPlan & { readonly compression: Compression };
  readonly filter: FilterPlan;
  /** In CEL, on a record; null takes all. */
  readonly expression: string | null;
  readonly target: ReplayTarget;
  readonly order: ReplayOrder;
  readonly quarantine: QuarantineLimit;
};

/** How fast it goes: may be changed while it runs. Rates without a limit are null, as JSON knows no infinity. */
export type PaceSettings = {
  readonly pace: Pace;
  /** A longer pause of the archive is played as one of this length. */
  readonly idleGapMs: number;
  /** Of what live traffic leaves free of each shard's limits, above 0, up to 1. */
  readonly freeShare: number;
  /** For each shard, and for all together. */
  readonly shardCap: Rates | null;
  readonly totalCap: Rates | null;
};

/**
 * A replay as far as a person has come with it. What was not decided yet is null; it need not fit together, since back
 * keeps everything.
 */
export type ReplayDraft = {
  readonly [Part in keyof Omit<ReplaySettings, 'quarantine'>]: ReplaySettings[Part] | null;
} & {
  readonly quarantine: QuarantineLimit;
  readonly pace: PaceSettings;
  /** The step of the wizard that was last looked at. */
  readonly step: ReplayStep;
};

export const REPLAY_STEPS = [
  'source',
  'format',
  'filter',
  'target',
  'pace',
  'plan',
  'confirm',
] as const;
export type ReplayStep = (typeof REPLAY_STEPS)[number];
