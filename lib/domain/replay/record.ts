import type { HashKey } from '#lib/domain/hash-key.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';

/**
 * Where in an object of the archive a record was found. The same object, decoded by the same plan, gives the same
 * places: a checkpoint may count on them.
 */
export type RecordPlace = {
  /** From 0, one more for each record and each quarantined piece of the object, sub-records of aggregates included. */
  readonly ordinal: number;
  /** Bytes of the *decompressed* object that the record was made of: from `start` up to, not including, `end`. */
  readonly start: number;
  readonly end: number;
  /** From 0, within an aggregate of the KPL; null for a record that was alone. Sub-records share their bytes. */
  readonly sub: number | null;
};

/** Who a record was when it was archived; each part is null where the format does not keep it. */
export type RecordOrigin = {
  readonly shardId: string | null;
  readonly sequenceNumber: SequenceNumber | null;
  /** ApproximateArrivalTimestamp, epoch milliseconds. */
  readonly arrivalMs: number | null;
};

/** A record as the archive has it. */
export type ArchivedRecord = {
  /** The payload, byte for byte. A view of a larger buffer: copy it to keep it beyond the batch. */
  readonly data: Uint8Array;
  /** As archived; null where the format keeps none. */
  readonly partitionKey: string | null;
  readonly explicitHashKey: HashKey | null;
  readonly origin: RecordOrigin;
  readonly place: RecordPlace;
};

/** What a partition key was taken from. */
type KeySource =
  | 'archived'
  | 'payload-path'
  | 'object-key'
  | 'payload-hash'
  | 'place-hash'
  | 'constant';

/** A record that can be sent: it has a partition key of 1 to 256 characters. */
export type ReplayRecord = ArchivedRecord & {
  readonly partitionKey: string;
  readonly keySource: KeySource;
};

/** One version of one object: what a place is relative to. `etag` without quotes. */
export type ObjectVersion = {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
};

/**
 * What two copies of one record have in common: the shard and sequence number that it was archived with, and its place
 * in an aggregate; else the place itself. Not hashed, so that a person can find the record by it.
 */
export function recordId(record: ArchivedRecord, object: ObjectVersion): string {
  const { origin, place } = record;
  if (origin.sequenceNumber === null) {
    return `${object.bucket}/${object.key}@${object.etag}#${place.ordinal}`;
  }
  const sub = place.sub === null ? '' : `:${place.sub}`;
  return `${origin.shardId ?? ''}:${origin.sequenceNumber}${sub}`;
}
