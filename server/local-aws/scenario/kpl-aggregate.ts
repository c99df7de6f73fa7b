import { createHash } from 'node:crypto';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { ArchivedRecord } from './archive-object.ts';

/** What the Kinesis Producer Library begins an aggregate with; behind the message comes its MD5. */
const MAGIC = Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2);

/** The library's AggregationMaxSize: data and keys of one aggregate. */
const AGGREGATE_BYTES_MAX = 51_200;

/** Fewer than the library's own limit: it also sends what has waited for RecordMaxBufferedTime. */
const AGGREGATE_RECORDS_MAX = 20;

/** Fields of AggregatedRecord and of its Record (amazon-kinesis-producer, aggregation-format.md). */
const AGGREGATED = { partitionKeys: 1, records: 3 } as const;
const RECORD = { partitionKeyIndex: 1, data: 3 } as const;

/**
 * The records as a stream holds them whose producer aggregates: those of one shard together, in their order. An
 * aggregate bears the key of its first record, and is put when its last one has come: its number and time are of that.
 */
export function aggregated(records: readonly ArchivedRecord[]): ArchivedRecord[] {
  const byShard = Map.groupBy(records, ({ shardId }) => shardId);
  return [...byShard.values()].flatMap((ofShard) => batches(ofShard).map(aggregateOf));
}

function batches(records: readonly ArchivedRecord[]): ArchivedRecord[][] {
  const all: ArchivedRecord[][] = [];
  let batch: ArchivedRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const added = record.data.length + Buffer.byteLength(record.partitionKey);
    const isFull = batch.length === AGGREGATE_RECORDS_MAX || bytes + added > AGGREGATE_BYTES_MAX;
    if (isFull && batch.length > 0) {
      all.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += added;
  }
  return batch.length === 0 ? all : [...all, batch];
}

function aggregateOf(records: readonly ArchivedRecord[]): ArchivedRecord {
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined) {
    throw new RangeError('An aggregate holds at least one record');
  }
  const keys = [...new Set(records.map(({ partitionKey }) => partitionKey))];
  const writer = new BinaryWriter();
  for (const key of keys) {
    writer.tag(AGGREGATED.partitionKeys, WireType.LengthDelimited).string(key);
  }
  for (const { data, partitionKey } of records) {
    writer.tag(AGGREGATED.records, WireType.LengthDelimited).fork();
    writer.tag(RECORD.partitionKeyIndex, WireType.Varint).uint32(keys.indexOf(partitionKey));
    writer.tag(RECORD.data, WireType.LengthDelimited).bytes(data).join();
  }
  const message = writer.finish();
  const data = Buffer.concat([MAGIC, message, createHash('md5').update(message).digest()]);
  return { ...last, partitionKey: first.partitionKey, data };
}
