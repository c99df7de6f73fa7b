import type { ReplayRecord } from '#lib/domain/replay/record.ts';
import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import type { RecordFormat } from '#lib/domain/replay/transform/format.ts';
import type { JsonPath } from '#lib/domain/replay/transform/payload/json-path.ts';

/** An object that was looked into, and how far. */
export type LookedObject = {
  readonly key: string;
  readonly storedBytes: number;
  /** Of these, what was read: its beginning. */
  readonly readBytes: number;
  /** What it is by its first bytes, e.g. `gzip`, `Parquet`; of what was not read, why. */
  readonly words: string;
  /** It could not be read, or not as archives are. */
  readonly isFaulty: boolean;
};

/** What the objects of an archive seem to be. A person decides. */
export type SniffView = {
  /** When S3 was asked, epoch milliseconds. */
  readonly atMs: number;
  /** First, middle and last of the window, at most. */
  readonly objects: readonly LookedObject[];
  /** Of all that could be read; null where they differ, or none could. */
  readonly compression: Compression | null;
  /** Best first; empty where nothing fits. */
  readonly guesses: readonly FormatGuessView[];
  /** Why there is nothing to choose from, and what to do; null where there is. */
  readonly problem: string | null;
};

export type FormatGuessView = {
  readonly name: string;
  /** As a draft takes it. */
  readonly format: RecordFormat;
  readonly confidence: 'certain' | 'likely' | 'unsure';
  /** One sentence: what was found that speaks for it, and against. */
  readonly words: string;
  readonly records: number;
  readonly faults: number;
  /** Of the records. */
  readonly withPartitionKey: number;
  readonly withArrival: number;
  /** Records that are aggregates of the KPL. */
  readonly aggregates: number;
};

/** Bytes as a person can read them. */
export type ReadableBytes = {
  /** `hex`: pairs of digits with spaces between them. JSON is laid out as it is written. */
  readonly kind: 'json' | 'text' | 'hex';
  readonly text: string;
  /** All of them. */
  readonly bytes: number;
  /** `text` is only the beginning. */
  readonly isCut: boolean;
};

/** Where in the archive something lies: bytes of the *decompressed* object, `end` not included. */
export type PlaceView = {
  readonly objectKey: string;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  /** Place in an aggregate of the KPL, from 0. */
  readonly sub: number | null;
};

export type SampledRecord = {
  readonly kind: 'record';
  readonly place: PlaceView;
  readonly arrivalMs: number | null;
  readonly shardId: string | null;
  readonly sequenceNumber: string | null;
  readonly partitionKey: string;
  readonly keySource: ReplayRecord['keySource'];
  /** As archived, decimal; null: the hash key comes of the partition key. */
  readonly explicitHashKey: string | null;
  /** Where on the ring it goes, decimal. */
  readonly hashKey: string;
  /** What is sent. */
  readonly payload: ReadableBytes;
  /** What it was made of. */
  readonly raw: ReadableBytes;
  readonly verdict: VerdictView;
};

export type SampledQuarantine = {
  readonly kind: 'quarantined';
  readonly place: PlaceView;
  readonly title: string;
  readonly words: string;
  readonly raw: ReadableBytes;
};

/** `words` are for people: why the filter does not send it. */
export type VerdictView =
  | { readonly kind: 'kept' }
  | { readonly kind: 'dropped'; readonly reason: string; readonly words: string }
  | { readonly kind: 'failed'; readonly words: string };

/** What the draft's transform and filter make of the beginnings of some objects. */
export type SampleView = {
  readonly atMs: number;
  readonly objects: readonly LookedObject[];
  /** At most 20, in the order of the archive: of each object that was looked into some. */
  readonly rows: readonly (SampledRecord | SampledQuarantine)[];
  /** All that was looked at, of which `rows` are the first of each object. */
  readonly totals: {
    readonly records: number;
    readonly quarantined: number;
    readonly kept: number;
    /** By reason, most first. */
    readonly dropped: readonly {
      readonly reason: string;
      readonly words: string;
      readonly records: number;
    }[];
    /** The expression could not be worked out: these end in quarantine. */
    readonly failed: number;
    /** Payloads of what is kept, and with keys. */
    readonly keptBytes: number;
  };
  readonly keys: KeySummary;
  /** Why there is nothing to see, and what to do; null where there is. */
  readonly problem: string | null;
};

/** What the key rule makes of all records that were looked at, before the filter. */
export type KeySummary = {
  readonly records: number;
  readonly withoutKey: number;
  /** Share of records whose key was archived or found, and not made up by the fallback; null where there are none. */
  readonly hitShare: number | null;
  /** Most first. */
  readonly bySource: readonly {
    readonly source: ReplayRecord['keySource'];
    readonly records: number;
  }[];
  /** At least so many, where not `areAllCounted`. */
  readonly differentKeys: number;
  readonly areAllCounted: boolean;
  /** `share` of all records: at least so much goes to one shard. */
  readonly largest: {
    readonly partitionKey: string;
    readonly records: number;
    readonly share: number;
  } | null;
  /** Places in the payloads that keys could be taken from, best first. */
  readonly candidates: readonly KeyCandidateView[];
};

type KeyCandidateView = {
  readonly path: JsonPath;
  /** As a person writes it, e.g. `user.id`. */
  readonly text: string;
  readonly hitShare: number;
  readonly differentKeys: number;
  readonly largestShare: number;
};

/** Whether an expression can be used. */
export type ExpressionCheck =
  | { readonly isUsable: true }
  | {
      readonly isUsable: false;
      /** From 0, into the text; null where no place is at fault. */
      readonly offset: number | null;
      /** From 1. */
      readonly line: number | null;
      readonly column: number | null;
      readonly words: string;
    };
