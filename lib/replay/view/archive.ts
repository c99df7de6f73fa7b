import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';

/** How an archive came to be known of. */
type FoundBy =
  /** A delivery stream of Firehose writes it, and says so itself. */
  | {
      readonly kind: 'firehose';
      readonly deliveryStream: string;
      readonly deliveryStreamArn: string;
      /** E.g. `ACTIVE`: what is suspended or failing writes no more. */
      readonly status: string;
    }
  /** Lies in a bucket that a delivery stream writes to, and its folders are laid out as an archive's. */
  | { readonly kind: 'beside'; readonly deliveryStream: string };

/** An archive that could be replayed. What is null is not known. */
export type FoundArchive = {
  readonly how: FoundBy;
  /** As a draft takes it. */
  readonly source: ArchiveSource;
  /** The stream that it was made of: surely where a delivery stream says so, else by a folder's name (`isSourceSure`). */
  readonly sourceStreamArn: string | null;
  readonly isSourceSure: boolean;
  /** One buffer interval, and what fills a buffer before. */
  readonly bufferIntervalMs: number | null;
  readonly bufferBytes: number | null;
  /** As Firehose names it: `UNCOMPRESSED`, `GZIP`, `Snappy`... */
  readonly compressionTold: string | null;
  /** `parquet` or `orc`, where records are converted on the way; `as sent` where they are not. */
  readonly formatTold: 'as sent' | 'parquet' | 'orc' | null;
  /** Where what failed is written: an archive of its own, and not to be replayed with this one. */
  readonly errorPrefix: string | null;
  /** Sentences that a person should know before this archive is chosen. */
  readonly notes: readonly string[];
};

export type ArchivesFound = {
  /** When AWS was asked, epoch milliseconds of its clock. */
  readonly atMs: number;
  readonly archives: readonly FoundArchive[];
  /** What could not be asked, in words, each with what to do: what is not listed may be there all the same. */
  readonly gaps: readonly ArchiveGap[];
};

export type ArchiveGap = {
  readonly words: string;
  /** The permission that is missing, as IAM writes it; null where it is something else. */
  readonly deniedAction: string | null;
};

export type StorageClassSum = {
  /** As S3 names it, with `_RESTORED` behind where a copy can be read for a while. */
  readonly storageClass: string;
  readonly objects: number;
  readonly bytes: number;
  /** Has to be restored before it can be read. */
  readonly needsRestore: boolean;
};

/** What lies in a part of the archive's time. Parts without objects are left out. */
export type TimelineBucket = {
  /** Epoch milliseconds: from this instant up to, not including, the other. */
  readonly fromMs: number;
  readonly toMs: number;
  /** null: there are some, but they were not counted. */
  readonly objects: number | null;
  /** As stored, so compressed. */
  readonly bytes: number | null;
  /** false where there may be more than was counted. */
  readonly isWhole: boolean;
  readonly classes: readonly StorageClassSum[];
};

export type ArchiveTimeline = {
  /** When S3 was asked, epoch milliseconds. */
  readonly atMs: number;
  /** In order of time; all of about this length. */
  readonly bucketMs: number;
  readonly buckets: readonly TimelineBucket[];
  /** From the first bucket to the last, within the window that was asked for; null where no key tells a time. */
  readonly times: TimeSpan | null;
  /** Objects whose keys tell no time. */
  readonly undated: { readonly objects: number; readonly bytes: number };
  readonly classes: readonly StorageClassSum[];
  /** Of what was counted. */
  readonly objects: number;
  readonly bytes: number;
  readonly listing: ArchiveListing;
};

/** How far a look at an archive went. */
type ArchiveListing = {
  readonly keys: number;
  readonly calls: number;
  /** Nothing of the window was left out. */
  readonly isWhole: boolean;
  /** What was left out and what that means; null where nothing was. */
  readonly words: string | null;
};

export type ArchiveObjectRow = {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
  readonly storageClass: string;
  readonly needsRestore: boolean;
  /** When its oldest record arrived, as far as its key tells. */
  readonly times: TimeSpan | null;
  readonly lastModifiedMs: number | null;
};

export type ArchiveObjectPage = {
  readonly atMs: number;
  /** In order of their keys. */
  readonly objects: readonly ArchiveObjectRow[];
  /** Where the next page goes on; null: this was the last. */
  readonly next: string | null;
};
