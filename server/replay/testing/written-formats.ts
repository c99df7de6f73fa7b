import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import type { RecordFormat } from '#lib/domain/replay/transform/format.ts';
import { ENVELOPE, FIREHOSE_ERROR } from '#lib/domain/replay/transform/payload/envelope-map.ts';
import { framedSnappy, hadoopSnappy } from './snappy-files.ts';
import { zipOf } from './zip-files.ts';

/** How archivers write one record in each format that keeps the bytes of its payload. */
export type WrittenFormat = {
  readonly name: string;
  readonly format: RecordFormat;
  readonly write: (payload: Uint8Array) => string;
};

export const WRITTEN_FORMATS: readonly WrittenFormat[] = [
  { name: 'firehose', format: { kind: 'json' }, write: textOf },
  {
    name: 'json-array',
    format: { kind: 'json-array' },
    write: (payload) => `[${textOf(payload)}]\n`,
  },
  {
    name: 'connect-json',
    format: { kind: 'connect-json' },
    write: (payload) => `{"schema":{"type":"struct"}, "payload": ${textOf(payload)} }\n`,
  },
  {
    name: 'lines',
    format: { kind: 'lines', lineEnds: 'lf' },
    write: (payload) => `${textOf(payload)}\n`,
  },
  {
    name: 'base64-lines',
    format: { kind: 'base64-lines' },
    write: (payload) => `${base64(payload)}\n`,
  },
  {
    name: 'envelope',
    format: { kind: 'envelope', map: ENVELOPE },
    write: (payload) => `${JSON.stringify({ data: base64(payload), partitionKey: 'k' })}\n`,
  },
  {
    name: 'firehose-errors',
    format: { kind: 'envelope', map: FIREHOSE_ERROR },
    write: (payload) => JSON.stringify({ attemptsMade: 1, rawData: base64(payload) }),
  },
];

/** An object of one array, which takes its elements as they are. */
export function inArray(payloads: readonly Uint8Array[]): string {
  return `[\n${payloads.map(textOf).join(',\n')}\n]\n`;
}

export const PACK: Readonly<Record<Compression, (bytes: Uint8Array) => Uint8Array>> = {
  none: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
  snappy: framedSnappy,
  'hadoop-snappy': hadoopSnappy,
  zip: zipOf,
};

function textOf(payload: Uint8Array): string {
  return Buffer.from(payload).toString();
}

function base64(payload: Uint8Array): string {
  return Buffer.from(payload).toString('base64');
}
