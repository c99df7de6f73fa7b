import { expect, it } from 'vitest';
import { aggregateOf } from '#lib/domain/replay/testing/aggregate.ts';
import { joined, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { PURE_DIGESTS } from '#lib/domain/replay/testing/pure-digests.ts';
import { textHash } from '#lib/domain/reshard/text-hash.ts';
import { parseAvroSchema } from './container/avro-schema.ts';
import { avroPayloads } from './container/avro-values.ts';
import { ObjectDecoder, type Outcome } from './decode-object.ts';
import { DECODER_VERSION } from './decoder-version.ts';
import type { RecordFormat } from './format.ts';
import { ENVELOPE, FIREHOSE_ERROR, LAMBDA_EVENT, SDK_RECORD } from './payload/envelope-map.ts';

const OBJECT = { bucket: 'archive', key: 'a', etag: 'e' };
const FORMATS: readonly RecordFormat[] = [
  { kind: 'json' },
  { kind: 'lines', lineEnds: 'lf' },
  { kind: 'lines', lineEnds: 'crlf' },
  { kind: 'lines', lineEnds: 'kept' },
  { kind: 'base64-lines' },
  { kind: 'json-array' },
  { kind: 'connect-json' },
  ...[ENVELOPE, FIREHOSE_ERROR, LAMBDA_EVENT, SDK_RECORD].map(
    (map) => ({ kind: 'envelope', map }) as const,
  ),
];

/** What a decoder may meet: records of all formats, and after each 40 bytes one that is lost. */
function corpus(): Uint8Array {
  const aggregate = aggregateOf([
    { data: utf8('{"id":1}'), partitionKey: 'a', explicitHashKey: null },
    { data: utf8('{"id":2}'), partitionKey: 'b', explicitHashKey: null },
  ]);
  const data = [utf8('{"id":"x"}'), aggregate, utf8('')].map((bytes) =>
    btoa(String.fromCharCode(...bytes)),
  );
  const records = data.flatMap((one) => [
    `{"id":12345678901234567890,"text":"}{ \\"ä"}`,
    `\r\n[1, 2]\n"text" true 7\n${one}\n`,
    JSON.stringify({ data: one, partitionKey: 'k', sequenceNumber: '42' }),
    JSON.stringify({ rawData: one, arrivalTimestamp: 1 }),
    JSON.stringify({ kinesis: { data: one, partitionKey: 'k' } }),
    `${JSON.stringify({ Data: one, PartitionKey: '' })}\n\n`,
  ]);
  const whole = utf8(records.join(''));
  const spoilt = whole.filter((_, i) => i % 40 !== 39 || i < whole.length / 2);
  return joined([whole, utf8('\n'), spoilt, utf8('\0\0')]);
}

function outline(outcome: Outcome): string {
  const { place, bytes, word } =
    outcome.kind === 'record'
      ? { ...outcome.record, bytes: outcome.record.data, word: outcome.record.partitionKey }
      : { ...outcome, word: outcome.reason };
  return [place.ordinal, place.sub, place.start, place.end, word, bytes.join()].join(' ');
}

/** Never changed alone: where the outcomes differ, the version does too. */
const GOLDEN = {
  version: '1',
  outcomes: [
    '45f07c428f2cd6d1',
    '1d5c250f107b3e12',
    '16ef8ae5ad6313cd',
    '62e3fb0a88b5a348',
    'b86de7de22a8a6b1',
    '29a7e6176e09c233',
    'dc9379c6b46bcacd',
    '2123b6c0d58b9997',
    'e1b4964d5161d9b8',
    'a878a04d7d9ceaa8',
    '40a011d8fac0a0ab',
  ],
};

it('makes of the same bytes what its version has always made', () => {
  const outlines = FORMATS.map((format) => {
    const key = {
      prefersArchived: true,
      source: { kind: 'payload-path', path: ['id'] },
      fallback: { kind: 'quarantine' },
    } as const;
    const plan = { format, deaggregates: true, key, recordBytesMax: 100 };
    const decoder = new ObjectDecoder(plan, OBJECT, PURE_DIGESTS);
    return [...decoder.push(corpus()), ...decoder.end(null)].map(outline);
  });
  expect({ version: DECODER_VERSION, outcomes: outlines.map(textHash) }).toEqual(GOLDEN);
});

it('writes of the same values what its version has always written', () => {
  const type = parseAvroSchema(
    JSON.stringify({
      type: 'record',
      name: 'R',
      fields: ['long', 'double', 'string', 'bytes', ['null', 'boolean']].map((one, i) => ({
        name: `f"${i}`,
        type: one,
      })),
    }),
  );
  if (type === null) throw new Error('this is a schema');
  const value = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
  const tenth = [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f];
  const block = Uint8Array.from([...value, ...tenth, 4, 0x22, 0x0a, 4, 0xfb, 0xff, 2, 1]);
  const [payload] = avroPayloads(block, 1, type, 1_000) ?? [];
  expect({ version: DECODER_VERSION, written: payload }).toEqual({
    version: '1',
    written: utf8(
      String.raw`{"f\"0":-9223372036854775808,"f\"1":0.1,"f\"2":"\"\n","f\"3":"+/8=","f\"4":true}`,
    ),
  });
});
