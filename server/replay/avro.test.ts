import type { Schema } from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  textOf,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { AVRO_CODECS, avroFile } from './testing/avro-files.ts';
import { imbalances, planOf, transformWhole } from './testing/transform-whole.ts';

/** A record of a connector, with all kinds of values in it. */
const ORDER: Schema = {
  type: 'record',
  name: 'shop.Order',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'note', type: ['null', 'string'] },
    { name: 'lines', type: { type: 'array', items: 'int' } },
    { name: 'tags', type: { type: 'map', values: 'boolean' } },
    { name: 'amount', type: 'double' },
    { name: 'weight', type: 'float' },
    { name: 'state', type: { type: 'enum', name: 'State', symbols: ['OPEN', 'PAID'] } },
    { name: 'raw', type: 'bytes' },
    { name: 'digest', type: { type: 'fixed', name: 'Digest', size: 2 } },
    { name: 'before', type: ['null', 'Order'] },
  ],
};

const order = fc.record({
  // Beyond, the library writes another number than it was given.
  id: fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
  note: fc.option(fc.string({ unit: 'grapheme' })),
  lines: fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  tags: fc.dictionary(fc.stringMatching(/^[a-z]*$/), fc.boolean(), { noNullPrototype: true }),
  // Without -0, which JSON.stringify writes as 0.
  amount: fc.double().map((value) => value + 0),
  weight: fc.float().map((value) => value + 0),
  state: fc.constantFrom('OPEN', 'PAID'),
  raw: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  digest: fc.uint8Array({ minLength: 2, maxLength: 2 }).map((bytes) => Buffer.from(bytes)),
  before: fc.constant(null),
});

async function decoded(stored: Uint8Array, cuts: readonly number[] = []) {
  const plan = planOf({ kind: 'avro' }, 'none');
  const transformed = await transformWhole(chunksOf(stored, cuts), plan, DECOMPRESS_LIMITS);
  expect(imbalances(transformed, stored.length)).toEqual([]);
  return transformed;
}

function payloads({ outcomes }: Awaited<ReturnType<typeof decoded>>): string[] {
  return outcomes.map((one) => (one.kind === 'record' ? textOf(one.record.data) : one.reason));
}

/** What JSON has no number for is null, and bytes are base64. */
function plain(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, name, serialised: unknown) {
      const original = this[name];
      return Buffer.isBuffer(original) ? original.toString('base64') : serialised;
    }),
  );
}

describe.each(AVRO_CODECS)('a file whose blocks are compressed by %s', (codec) => {
  it('gives each value as JSON, in its order, however it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(order, { maxLength: 20 }), arbitraryCuts, async (values, cuts) => {
        const stored = await avroFile(values, { schema: ORDER, codec });
        const transformed = await decoded(stored, cuts);
        expect(payloads(transformed).map((text) => JSON.parse(text))).toEqual(values.map(plain));
        const places = transformed.outcomes.map((one) =>
          one.kind === 'record' ? one.record.place.ordinal : null,
        );
        expect(places).toEqual(values.map((_, i) => i));
      }),
      { numRuns: 25 },
    );
  });

  it('accounts for each byte of whatever it is given, and throws nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { maxLength: 12 }),
        fc.array(arbitraryDamage(), { minLength: 1, maxLength: 2 }),
        arbitraryCuts,
        async (values, damages, cuts) => {
          const stored = await avroFile(values, { schema: ORDER, codec });
          await decoded(
            damages.reduce((so, damage) => damage(so), stored),
            cuts,
          );
        },
      ),
      { numRuns: 80 },
    );
  });
});

it('writes each digit of a number that is larger than a double can hold', async () => {
  const schema = {
    type: 'record',
    name: 'R',
    fields: [{ name: 'n', type: 'long' }],
  } satisfies Schema;
  const stored = await avroFile([{ n: 1 }], { schema });
  // -(2^63) and 2^63 - 1, which the library would refuse to write.
  const numbers = [
    [...Array(9).fill(0xff), 1],
    [0xfe, ...Array(8).fill(0xff), 1],
  ];
  const sync = stored.subarray(-16);
  const header = stored.subarray(0, Buffer.from(stored).indexOf(sync) + 16);
  const blocks = numbers.map((bytes) =>
    joined([Uint8Array.of(2, bytes.length * 2, ...bytes), sync]),
  );
  expect(payloads(await decoded(joined([header, ...blocks])))).toEqual([
    '{"n":-9223372036854775808}',
    '{"n":9223372036854775807}',
  ]);
});

it('gives bytes and text at the top back as they were', async () => {
  const bytes = await avroFile([Buffer.from('{"id":1.0}')], { schema: 'bytes' });
  expect(payloads(await decoded(bytes))).toEqual(['{"id":1.0}']);
  const text = await avroFile(['a', 'b'], { schema: { type: 'string' } });
  const transformed = await decoded(text);
  expect(payloads(transformed)).toEqual(['a', 'b']);
  const [one, other] = transformed.outcomes;
  expect([one, other]).toMatchObject([
    { record: { place: { ordinal: 0, sub: 0 } } },
    { record: { place: { ordinal: 1, sub: 1 } } },
  ]);
});

it('goes on behind a block that is damaged, where the next one begins', async () => {
  const schema = { type: 'string' } satisfies Schema;
  const stored = await avroFile(['first'.repeat(9), 'second'.repeat(9), 'third'.repeat(9)], {
    schema,
    blockSize: 40,
  });
  // The length of the text in the second block, of which there is less.
  const at = Buffer.from(stored).indexOf('second') - 1;
  expect(payloads(await decoded(stored.with(at, 0x7e)))).toEqual([
    'first'.repeat(9),
    'container-corrupt',
    'third'.repeat(9),
  ]);
});

it('refuses what it cannot read, and what would never end', async () => {
  const lzma = await avroFile(['a'], { schema: 'string', codec: 'lzma' });
  expect(payloads(await decoded(lzma))).toEqual(['container-unsupported']);
  const noSchema = Buffer.from(await avroFile(['a'], { schema: 'string' }));
  noSchema.write('strung', noSchema.indexOf('string'));
  expect(payloads(await decoded(noSchema))).toEqual(['container-unsupported']);

  const schema = { type: 'array', items: 'null' } satisfies Schema;
  const stored = await avroFile([[null]], { schema });
  const block = Buffer.from(stored).lastIndexOf(Uint8Array.of(2, 4, 2, 0));
  // One array of some 2^40 values that take no bytes.
  const endless = joined([
    stored.subarray(0, block),
    Uint8Array.of(2, 14, 0xfe, 0xff, 0xff, 0xff, 0xff, 0x3f, 0),
    stored.subarray(-16),
  ]);
  expect(payloads(await decoded(endless))).toEqual(['container-corrupt']);
  expect(payloads(await decoded(utf8('{"a":1}')))).toEqual(['container-corrupt']);
  expect(payloads(await decoded(new Uint8Array()))).toEqual([]);
});

it('quarantines one value that is larger than a record may be, and not its neighbours', async () => {
  const schema = {
    type: 'record',
    name: 'R',
    fields: [{ name: 's', type: 'string' }],
  } satisfies Schema;
  const values = [{ s: 'a' }, { s: 'x'.repeat(1_100_000) }, { s: 'b' }];
  const stored = await avroFile(values, { schema, blockSize: 2_000_000 });
  expect(payloads(await decoded(stored))).toEqual(['{"s":"a"}', 'too-large', '{"s":"b"}']);
});
