import fc from 'fast-check';
import type { SchemaElement } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  textOf,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import type { ContainerPart } from '#lib/domain/replay/transform/container/container-part.ts';
import { InputReader } from '#lib/domain/replay/transform/decompress/input-reader.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { parquetReader } from './parquet/read-parquet-file.ts';
import { PARQUET_CODECS, parquetFile, schemaOf } from './testing/parquet-files.ts';
import { imbalances, planOf, transformWhole } from './testing/transform-whole.ts';

const OPTIONAL = { repetition_type: 'OPTIONAL' } as const;
const REQUIRED = { repetition_type: 'REQUIRED' } as const;

async function decoded(stored: Uint8Array, cuts: readonly number[] = []) {
  const plan = planOf({ kind: 'parquet' }, 'none');
  const transformed = await transformWhole(chunksOf(stored, cuts), plan, DECOMPRESS_LIMITS);
  expect(imbalances(transformed, stored.length)).toEqual([]);
  return transformed;
}

function payloads({ outcomes }: Awaited<ReturnType<typeof decoded>>): string[] {
  return outcomes.map((one) => (one.kind === 'record' ? textOf(one.record.data) : one.reason));
}

async function written(element: Omit<SchemaElement, 'name'>, ...values: readonly unknown[]) {
  const schema = schemaOf({ ...REQUIRED, ...element, name: 'v' });
  const rows = values.map((v) => ({ v }));
  const texts = payloads(await decoded(parquetFile(rows, { schema })));
  return texts.map((text) => text.replace(/^\{"v":(.*)\}$/s, '$1'));
}

describe('a value is written by its type', () => {
  const int64 = { type: 'INT64' } as const;
  const bytes = { type: 'BYTE_ARRAY' } as const;
  it.each<[string, Omit<SchemaElement, 'name'>, unknown, string]>([
    ['each digit of a long', int64, 9_223_372_036_854_775_807n, '9223372036854775807'],
    ['a negative one', int64, -9_223_372_036_854_775_808n, '-9223372036854775808'],
    [
      'an unsigned one',
      { ...int64, converted_type: 'UINT_64' },
      2n ** 64n - 1n,
      '18446744073709551615',
    ],
    ['an integer', { type: 'INT32' }, -7, '-7'],
    ['a double', { type: 'DOUBLE' }, 0.1, '0.1'],
    ['what is no number', { type: 'DOUBLE' }, Number.NaN, 'null'],
    ['a truth', { type: 'BOOLEAN' }, true, 'true'],
    ['text', { ...bytes, converted_type: 'UTF8' }, '"\n🎞', '"\\"\\n🎞"'],
    ['bytes', bytes, Uint8Array.of(0xfb, 0xff), '"+/8="'],
    ['a date', { type: 'INT32', converted_type: 'DATE' }, new Date('2026-11-23'), '"2026-11-23"'],
    [
      'milliseconds',
      { ...int64, converted_type: 'TIMESTAMP_MILLIS' },
      new Date('2026-11-23T13:59:58.250Z'),
      '"2026-11-23T13:59:58.250Z"',
    ],
    [
      'microseconds before 1970',
      { ...int64, logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' } },
      -1n,
      '"1969-12-31T23:59:59.999999"',
    ],
    [
      'nanoseconds',
      { ...int64, logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' } },
      1_795_442_398_000_000_001n,
      '"2026-11-23T13:59:58.000000001Z"',
    ],
    ['a decimal', { ...int64, converted_type: 'DECIMAL', scale: 2, precision: 18 }, 1.5, '1.50'],
  ])('%s', async (_, element, value, text) => {
    expect(await written(element, value)).toEqual([text]);
  });
});

it('writes null for a value, a list and a group that are not there', async () => {
  const schema = schemaOf(
    { name: 'n', type: 'INT32', ...OPTIONAL },
    { name: 'l', converted_type: 'LIST', num_children: 1, ...OPTIONAL },
    { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
    { name: 'element', type: 'INT64', ...OPTIONAL },
    { name: 's', num_children: 2, ...OPTIONAL },
    { name: 'a', type: 'INT32', ...REQUIRED },
    { name: 'b', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...OPTIONAL },
    { name: 'm', converted_type: 'MAP', num_children: 1, ...OPTIONAL },
    { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
    { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...REQUIRED },
    { name: 'value', type: 'INT32', ...OPTIONAL },
  );
  const rows = [
    { n: 1, l: [1n, null, 3n], s: { a: 1, b: 'x' }, m: { k: 1, __proto: null } },
    { n: null, l: [], s: { a: 2, b: null }, m: {} },
    { n: 3, l: null, s: null, m: null },
  ];
  expect(payloads(await decoded(parquetFile(rows, { schema })))).toEqual([
    '{"n":1,"l":[1,null,3],"s":{"a":1,"b":"x"},"m":{"k":1,"__proto":null}}',
    '{"n":null,"l":[],"s":{"a":2,"b":null},"m":{}}',
    '{"n":3,"l":null,"s":null,"m":null}',
  ]);
});

const SCHEMA = schemaOf(
  { name: 'id', type: 'INT64', ...REQUIRED },
  { name: 'note', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...OPTIONAL },
  { name: 'amount', type: 'DOUBLE', ...OPTIONAL },
  { name: 'tags', converted_type: 'LIST', num_children: 1, ...OPTIONAL },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...REQUIRED },
);

const row = fc.record({
  id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  note: fc.option(fc.string({ unit: 'grapheme' })),
  // Without -0, which JSON.stringify writes as 0.
  amount: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  tags: fc.option(fc.array(fc.constantFrom('red', 'green', 'a longer one'))),
});
const rowsOf = fc.array(row, { minLength: 1, maxLength: 60 });

function asJson({ id, ...others }: { readonly id: bigint; readonly note: string | null }): string {
  return `{"id":${id},${JSON.stringify(others).slice(1)}`;
}

it.each(PARQUET_CODECS)(
  'gives each row of pages in %s, in its order, however it comes',
  async (codec) => {
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.nat(20), arbitraryCuts, async (rows, size, cuts) => {
        const stored = parquetFile(rows, { schema: SCHEMA, codec, rowsAGroup: size + 1 });
        const transformed = await decoded(joined([stored, new Uint8Array(size)]), cuts);
        expect(payloads(transformed)).toEqual(rows.map(asJson));
      }),
      { numRuns: 10 },
    );
  },
);

it.each(PARQUET_CODECS)('accounts for each byte of what is damaged in %s', async (codec) => {
  await fc.assert(
    fc.asyncProperty(
      rowsOf,
      fc.array(arbitraryDamage(), { minLength: 1, maxLength: 2 }),
      arbitraryCuts,
      async (rows, damages, cuts) => {
        const stored = parquetFile(rows, { schema: SCHEMA, codec, rowsAGroup: 10 });
        await decoded(
          damages.reduce((so, damage) => damage(so), stored),
          cuts,
        );
      },
    ),
    // Always the same: among many are some that make the library loop, until its thread is killed.
    { numRuns: 25, seed: 11 },
  );
});

it('tells a file that is cut off, and one that is none', async () => {
  const stored = parquetFile([{ v: 1 }], { schema: schemaOf({ name: 'v', type: 'INT32' }) });
  expect(payloads(await decoded(stored.subarray(0, -1)))).toEqual(['cut-off']);
  expect(payloads(await decoded(utf8('{"a":1}')))).toEqual(['container-corrupt']);
  expect(payloads(await decoded(utf8('PAR1')))).toEqual(['cut-off']);
  expect(payloads(await decoded(new Uint8Array()))).toEqual([]);
});

describe('a thread that goes too far', () => {
  const schema = schemaOf(
    { name: 'l', converted_type: 'LIST', num_children: 1, ...REQUIRED },
    { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
    { name: 'element', type: 'BYTE_ARRAY', ...REQUIRED },
  );
  // Lists are decoded as far as their column goes, and each of these values is an object of the runtime.
  const rows = Array.from({ length: 20 }, (_, i) => ({
    l: Array.from({ length: 20_000 }, (__, j) => utf8(`${i}-${j}`)),
  }));
  const stored = parquetFile(rows, { schema, rowsAGroup: 10, pageBytes: 1_048_576 });

  it.each([
    ['of its heap', { requestMsMax: 60_000, heapMiBMax: 12, bytesMax: 1e9 }],
    ['of all memory', { requestMsMax: 60_000, heapMiBMax: 500, bytesMax: 1 }],
    ['of time', { requestMsMax: 0, heapMiBMax: 500, bytesMax: 1e9 }],
  ])('%s is killed, and what is left of the object goes to quarantine', async (_, limits) => {
    const input = new InputReader(sourceOf(stored));
    const parts: ContainerPart[] = [];
    for await (const part of parquetReader(limits)(input, { recordBytesMax: 1_048_576 })) {
      parts.push(part);
    }
    const sizes = parts.map((part) => ('start' in part ? part.end - part.start : part.bytes));
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBe(stored.length);
    expect(parts.at(-2)).toMatchObject({ kind: 'quarantined', end: stored.length });
    expect(parts.map(({ kind }) => kind)).not.toContain('payloads');
  });

  it('leaves others alone', async () => {
    expect(payloads(await decoded(parquetFile(rows.slice(0, 1), { schema })))).toHaveLength(1);
  });
});

async function* sourceOf(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
