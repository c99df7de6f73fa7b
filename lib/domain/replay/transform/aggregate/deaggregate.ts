import { type HashKey, parseHashKey } from '#lib/domain/hash-key.ts';
import { isPartitionKey } from '#lib/domain/replay/transform/key/partition-key.ts';
import { beginsWith } from '#lib/domain/replay/transform/split/bytes.ts';
import { type ProtobufField, readFields } from './protobuf-reader.ts';

/** Why an aggregate cannot be taken apart. It must not be sent as it is either: see `deaggregate`. */
export type AggregateFault =
  | 'kpl-checksum'
  /** The checksum is right, and yet it is no AggregatedRecord, or a record in it has no key. */
  | 'kpl-malformed'
  | 'kpl-empty';

/** A record that the Kinesis Producer Library had put into an aggregate. */
export type SubRecord = {
  readonly data: Uint8Array;
  readonly partitionKey: string;
  readonly explicitHashKey: HashKey | null;
};

/** MD5 of bytes: 16 of them. */
export type Md5 = (bytes: Uint8Array) => Uint8Array;

const MAGIC = Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2);
const DIGEST_BYTES = 16;

/** Fields of AggregatedRecord and of its Record (amazon-kinesis-producer, aggregation-format.md). */
const PARTITION_KEYS = 1;
const EXPLICIT_HASH_KEYS = 2;
const RECORDS = 3;
const PARTITION_KEY_INDEX = 1;
const EXPLICIT_HASH_KEY_INDEX = 2;
const DATA = 3;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether a payload says that it is an aggregate of the KPL. */
export function isAggregate(data: Uint8Array): boolean {
  return data.length >= MAGIC.length + DIGEST_BYTES && beginsWith(data, MAGIC);
}

/**
 * The records of an aggregate, in their order, each with its own key. An aggregate is never sent again as it is: the
 * Kinesis Client Library drops all of it when one record's hash lies outside the shard, which after any reshard it may.
 * @param data of which `isAggregate` is true
 */
export function deaggregate(data: Uint8Array, md5: Md5): readonly SubRecord[] | AggregateFault {
  const message = data.subarray(MAGIC.length, data.length - DIGEST_BYTES);
  const digest = data.subarray(data.length - DIGEST_BYTES);
  if (!beginsWith(digest, md5(message))) return 'kpl-checksum';
  const fields = readFields(message);
  if (fields === null) return 'kpl-malformed';
  const keys = textsOf(fields, PARTITION_KEYS);
  const hashKeys = textsOf(fields, EXPLICIT_HASH_KEYS)?.map(parseHashKey);
  if (keys === null || hashKeys === undefined) return 'kpl-malformed';
  const records: SubRecord[] = [];
  for (const bytes of bytesOf(fields, RECORDS)) {
    const record = subRecord(readFields(bytes), keys, hashKeys);
    if (record === null) return 'kpl-malformed';
    records.push(record);
  }
  return records.length === 0 ? 'kpl-empty' : records;
}

function subRecord(
  fields: readonly ProtobufField[] | null,
  keys: readonly string[],
  hashKeys: readonly (HashKey | null)[],
): SubRecord | null {
  if (fields === null) return null;
  const partitionKey = keys[indexOf(fields, PARTITION_KEY_INDEX) ?? -1];
  const hashIndex = indexOf(fields, EXPLICIT_HASH_KEY_INDEX);
  const explicitHashKey = hashIndex === null ? null : hashKeys[hashIndex];
  const data = bytesOf(fields, DATA).at(-1);
  if (data === undefined || partitionKey === undefined || !isPartitionKey(partitionKey))
    return null;
  // A table that has no such entry, or one that is no hash key, says something that we do not know.
  if (explicitHashKey === undefined || (hashIndex !== null && explicitHashKey === null))
    return null;
  return { data, partitionKey, explicitHashKey };
}

/** Of a field that should be there once the last counts, as in all of protobuf. */
function indexOf(fields: readonly ProtobufField[], number: number): number | null {
  const found = fields.findLast((field) => field.number === number && 'varint' in field);
  return found !== undefined && 'varint' in found ? found.varint : null;
}

function bytesOf(fields: readonly ProtobufField[], number: number): Uint8Array[] {
  return fields.flatMap((field) =>
    'bytes' in field && field.number === number ? [field.bytes] : [],
  );
}

function textsOf(fields: readonly ProtobufField[], number: number): string[] | null {
  try {
    return bytesOf(fields, number).map((bytes) => UTF8.decode(bytes));
  } catch {
    return null;
  }
}
