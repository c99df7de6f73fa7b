import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { aggregateOf } from '#lib/domain/replay/testing/aggregate.ts';
import { ENVELOPE, FIREHOSE_ERROR } from '#lib/domain/replay/transform/payload/envelope-map.ts';
import { parquetFile, schemaOf } from '#server/replay/testing/parquet-files.ts';
import { inArray } from '#server/replay/testing/written-formats.ts';
import type { MadeRecord } from './made-record.ts';

/** A way in which archives are written, and how a replay is told to read it. */
export type ArchiveFormat = {
  readonly name: string;
  /** Behind the name of an object. */
  readonly suffix: string;
  readonly transform: ReplaySettings['transform'];
  /** One object of these records. */
  readonly write: (records: readonly MadeRecord[]) => Uint8Array;
};

/** The KPL gathers as many as it gets within 100 ms; each format keeps payloads byte for byte. */
const RECORDS_AN_AGGREGATE = 20;

const PLAN = {
  deaggregates: true,
  // Payloads name their key; what names none would be a fault of the bench.
  key: {
    prefersArchived: true,
    source: { kind: 'payload-path', path: ['key'] },
    fallback: { kind: 'quarantine' },
  },
  recordBytesMax: 1_048_576,
} as const;

export const ARCHIVE_FORMATS: readonly ArchiveFormat[] = [
  gzipped('firehose', { kind: 'json' }, ({ data }) => textOf(data)),
  {
    ...gzipped('json-array', { kind: 'json-array' }, () => ''),
    write: (records) => gzipSync(inArray(records.map(({ data }) => data))),
  },
  {
    name: 'parquet',
    suffix: '.parquet',
    transform: { ...PLAN, format: { kind: 'parquet' }, compression: 'none' },
    // Rows are written as these payloads are, in the order of the columns, so that they come back byte for byte.
    write: (records) =>
      parquetFile(records.map(rowOf), {
        schema: schemaOf(
          { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
          { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
          { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
        ),
        rowsAGroup: 10_000,
        pageBytes: 65_536,
      }),
  },
  gzipped(
    'connect-json',
    { kind: 'connect-json' },
    ({ data }) => `{"schema":{"type":"struct"},"payload":${textOf(data)}}\n`,
  ),
  gzipped('lines', { kind: 'lines', lineEnds: 'lf' }, ({ data }) => `${textOf(data)}\n`),
  {
    ...gzipped('envelope', { kind: 'envelope', map: ENVELOPE }, inEnvelope),
    suffix: '.zst',
    transform: { ...PLAN, format: { kind: 'envelope', map: ENVELOPE }, compression: 'zstd' },
    write: (records) => zstdCompressSync(records.map(inEnvelope).join('')),
  },
  gzipped('base64-lines', { kind: 'base64-lines' }, ({ data }) => `${base64(data)}\n`),
  {
    ...gzipped('kpl', { kind: 'base64-lines' }, () => ''),
    write: (records) => gzipSync(aggregatesOf(records).map(asLine).join('')),
  },
  gzipped('firehose-errors', { kind: 'envelope', map: FIREHOSE_ERROR }, ({ data }) =>
    JSON.stringify({ attemptsMade: 1, rawData: base64(data) }),
  ),
];

/** @throws Error where there is none of this name */
export function formatNamed(name: string): ArchiveFormat {
  const found = ARCHIVE_FORMATS.find((format) => format.name === name);
  if (found === undefined) throw new Error(`There is no format ${name}.`);
  return found;
}

function gzipped(
  name: string,
  format: ReplaySettings['transform']['format'],
  write: (record: MadeRecord) => string,
): ArchiveFormat {
  return {
    name,
    suffix: '.gz',
    transform: { ...PLAN, format, compression: 'gzip' },
    write: (records) => gzipSync(records.map(write).join('')),
  };
}

function rowOf({ id, data }: MadeRecord): Record<string, unknown> {
  const made: unknown = JSON.parse(textOf(data));
  if (typeof made !== 'object' || made === null) throw new Error('Payloads are objects.');
  return { ...made, id: BigInt(id) };
}

function inEnvelope({ data, partitionKey }: MadeRecord): string {
  return `${JSON.stringify({ data: base64(data), partitionKey })}\n`;
}

function aggregatesOf(records: readonly MadeRecord[]): Uint8Array[] {
  const aggregates: Uint8Array[] = [];
  for (let first = 0; first < records.length; first += RECORDS_AN_AGGREGATE) {
    const some = records.slice(first, first + RECORDS_AN_AGGREGATE);
    aggregates.push(
      aggregateOf(
        some.map(({ data, partitionKey }) => ({ data, partitionKey, explicitHashKey: null })),
      ),
    );
  }
  return aggregates;
}

function asLine(bytes: Uint8Array): string {
  return `${base64(bytes)}\n`;
}

function textOf(data: Uint8Array): string {
  return Buffer.from(data).toString();
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString('base64');
}
