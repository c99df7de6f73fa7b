import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ReadRecord } from './kinesis-client-port.ts';
import { aggregated } from './kpl-aggregate.ts';

const pack = promisify(gzip);

/** Output is handed over in chunks, each of which costs a turn of a busy loop; the default is 16 KiB. */
const CHUNK_BYTES = 1_048_576;

const LINE_END = Buffer.from('\n');

/** A record as the archiver read it, with the shard it came from. */
export type ArchivedRecord = ReadRecord & { readonly shardId: string };

/**
 * `firehose`: the data only, one record after the other, without a delimiter, which is Firehose's
 * default. `lines`: the data only, one record a line. `envelope`: JSON lines that keep everything of a record.
 * `kpl`: the same of a stream whose producer aggregates, by somebody who archives aggregates as they are.
 */
export type ArchiveKind = 'firehose' | 'lines' | 'envelope' | 'kpl';

/** A buffer that is full or old enough, on its way to S3. */
export type SealedBuffer = {
  readonly kind: ArchiveKind;
  readonly streamName: string;
  readonly key: string;
  readonly records: readonly ArchivedRecord[];
};

/** One line of the envelope archive; `data` is base64. */
type Envelope = {
  readonly streamName: string;
  readonly shardId: string;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
  readonly approximateArrivalTimestamp: string;
  readonly data: string;
};

/** What an archive's keys begin with, before the hour. */
export function archivePrefix(kind: ArchiveKind, streamName: string): string {
  return `${kind}/${streamName}/`;
}

/** What they end in. */
export function archiveExtension(kind: ArchiveKind): string {
  return kind === 'firehose' || kind === 'lines' ? '.gz' : '.jsonl.gz';
}

/**
 * The key that Firehose gives an object: prefix, UTC hour of the *oldest* record, then stream, version,
 * the same instant to the second, and an id.
 */
export function archiveKey(
  kind: ArchiveKind,
  streamName: string,
  oldestArrivalMs: number,
  id: string,
): string {
  const [year, month, day, hour, minute, second] = new Date(oldestArrivalMs)
    .toISOString()
    .split(/[-T:.]/);
  const folder = `${archivePrefix(kind, streamName)}${year}/${month}/${day}/${hour}`;
  const instant = [year, month, day, hour, minute, second].join('-');
  return `${folder}/${streamName}-1-${instant}-${id}${archiveExtension(kind)}`;
}

/** The gzipped body of the object. */
export async function encodeArchive(sealed: SealedBuffer): Promise<Buffer> {
  return pack(plainOf(sealed), { level: 1, chunkSize: CHUNK_BYTES });
}

function plainOf({ kind, records, streamName }: SealedBuffer): Buffer {
  const envelopes = (of: readonly ArchivedRecord[]) =>
    Buffer.from(of.map((record) => envelopeLine(record, streamName)).join(''));
  switch (kind) {
    case 'firehose':
      return Buffer.concat(records.map(({ data }) => data));
    case 'lines':
      return Buffer.concat(records.flatMap(({ data }) => [data, LINE_END]));
    case 'envelope':
      return envelopes(records);
    case 'kpl':
      return envelopes(aggregated(records));
  }
}

function envelopeLine(record: ArchivedRecord, streamName: string): string {
  const envelope: Envelope = {
    streamName,
    shardId: record.shardId,
    partitionKey: record.partitionKey,
    sequenceNumber: String(record.sequenceNumber),
    approximateArrivalTimestamp: new Date(record.arrivalMs).toISOString(),
    data: Buffer.from(record.data).toString('base64'),
  };
  return `${JSON.stringify(envelope)}\n`;
}
