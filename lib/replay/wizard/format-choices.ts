import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import type { RecordFormat } from '#lib/domain/replay/transform/format.ts';
import {
  ENVELOPE,
  FIREHOSE_ERROR,
  LAMBDA_EVENT,
  SDK_RECORD,
} from '#lib/domain/replay/transform/payload/envelope-map.ts';

/** A format as it is chosen by name. */
export type FormatChoice = {
  readonly id: string;
  readonly label: string;
  readonly format: RecordFormat;
};

export const FORMAT_CHOICES: readonly FormatChoice[] = [
  {
    id: 'envelope',
    label: 'Envelope: a JSON object a record, with its key',
    format: { kind: 'envelope', map: ENVELOPE },
  },
  {
    id: 'json',
    label: 'JSON values, one after the other (Firehose)',
    format: { kind: 'json' },
  },
  {
    id: 'json-array',
    label: 'A JSON array around all records of an object',
    format: { kind: 'json-array' },
  },
  {
    id: 'connect-json',
    label: 'JSON of Kafka Connect with its schema beside each record, which is left out',
    format: { kind: 'connect-json' },
  },
  {
    id: 'lines-lf',
    label: 'Lines; the line end was added by the archiver',
    format: { kind: 'lines', lineEnds: 'lf' },
  },
  {
    id: 'lines-crlf',
    label: 'Lines, ended by CR LF or LF',
    format: { kind: 'lines', lineEnds: 'crlf' },
  },
  {
    id: 'lines-kept',
    label: 'Lines; the line end belongs to the record',
    format: { kind: 'lines', lineEnds: 'kept' },
  },
  { id: 'base64-lines', label: 'Base64, one record a line', format: { kind: 'base64-lines' } },
  {
    id: 'sdk-records',
    label: 'Records as the SDK gives them (GetRecords)',
    format: { kind: 'envelope', map: SDK_RECORD },
  },
  {
    id: 'lambda-events',
    label: 'Records as Lambda gets them',
    format: { kind: 'envelope', map: LAMBDA_EVENT },
  },
  {
    id: 'firehose-errors',
    label: 'Error output of Firehose',
    format: { kind: 'envelope', map: FIREHOSE_ERROR },
  },
  {
    id: 'cloudwatch-logs',
    label: 'Subscription of CloudWatch Logs: each record gzipped by itself',
    format: { kind: 'cloudwatch-logs' },
  },
  {
    id: 'avro',
    label: 'Avro files (Kafka Connect): records are written anew as JSON',
    format: { kind: 'avro' },
  },
  {
    id: 'parquet',
    label: 'Parquet files (Firehose): rows are written anew as JSON',
    format: { kind: 'parquet' },
  },
];

export const COMPRESSION_WORDS: Readonly<Record<Compression, string>> = {
  none: 'None',
  gzip: 'gzip',
  zstd: 'Zstandard',
  snappy: 'Snappy',
  'hadoop-snappy': 'Snappy as Hadoop writes it',
  zip: 'ZIP',
};

/** The choice that a format is; null for an envelope with fields of its own. */
export function choiceOfFormat(format: RecordFormat): FormatChoice | null {
  return FORMAT_CHOICES.find((choice) => isSameFormat(choice.format, format)) ?? null;
}

export function isSameFormat(one: RecordFormat, other: RecordFormat): boolean {
  return canonical(one) === canonical(other);
}

/** Fields in the order of their names: a draft that was stored has them in another. */
function canonical(format: RecordFormat): string {
  return JSON.stringify(format, (_, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
