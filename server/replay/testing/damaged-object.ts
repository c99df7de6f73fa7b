import fc from 'fast-check';
import { aggregateOf } from '#lib/domain/replay/testing/aggregate.ts';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import type { DecompressLimits } from '#lib/domain/replay/transform/decompress/report.ts';
import type { RecordFormat } from '#lib/domain/replay/transform/format.ts';
import { PARQUET_CODECS, parquetFile, schemaOf } from './parquet-files.ts';
import { planOf } from './transform-whole.ts';
import { inArray, PACK, WRITTEN_FORMATS } from './written-formats.ts';

/** Low enough for what is small here to go beyond them. */
export const DAMAGE_LIMITS: DecompressLimits = {
  decodedBytesMax: 1_000_000,
  ratioMax: 200,
  ratioFromBytes: 100_000,
  heldBytesMax: 50_000,
  blockBytesMax: 50_000,
};

/** A payload as producers write it: JSON, with what is hard in it. */
export const jsonPayload: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.json({ maxDepth: 3 }).map((json) => utf8(`{"v":${json},"id":12345678901234567890}`)),
  fc.string({ unit: 'binary' }).map((text) => utf8(JSON.stringify({ text }))),
);

const anyPayload = fc.oneof(
  jsonPayload,
  fc.uint8Array({ maxLength: 200 }),
  fc
    .uint8Array({ minLength: 1, maxLength: 50 })
    .map((data) => aggregateOf([{ data, partitionKey: 'k', explicitHashKey: null }])),
  // All alike: together they expand as far as a bomb.
  fc.nat(60_000).map((length) => new Uint8Array(length)),
);

const written = fc.constantFrom(...WRITTEN_FORMATS);
const format: fc.Arbitrary<RecordFormat> = fc.oneof(
  { weight: 5, arbitrary: written.map((one) => one.format) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ kind: 'avro' }, { kind: 'cloudwatch-logs' }, { kind: 'parquet' }),
  },
);
const compression: fc.Arbitrary<Compression> = fc.constantFrom(
  'none',
  'gzip',
  'zstd',
  'snappy',
  'hadoop-snappy',
  'zip',
);

const stored = fc
  .tuple(
    fc.array(fc.tuple(anyPayload, written), { maxLength: 8 }),
    compression,
    fc.array(arbitraryDamage(), { maxLength: 2 }),
    fc.nat(6).map((chance) => chance === 0),
  )
  .map(([records, packing, damages, isInArray]) => {
    const plain = isInArray
      ? utf8(inArray(records.map(([bytes]) => bytes)))
      : joined(records.map(([bytes, { write }]) => utf8(write(bytes))));
    return damages.reduce((so, damage) => damage(so), PACK[packing](plain));
  });

/** A Parquet file that may be spoilt: its magic number would seldom come about by itself. */
const damagedParquet = fc
  .tuple(
    fc.array(
      fc.record({ id: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), text: fc.option(fc.string()) }),
    ),
    fc.constantFrom(...PARQUET_CODECS),
    fc.array(arbitraryDamage(), { maxLength: 2 }),
  )
  .map(([rows, codec, damages]) => {
    const schema = schemaOf(
      { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
      { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    );
    const whole = parquetFile(rows, { schema, codec, rowsAGroup: 4 });
    return damages.reduce((so, damage) => damage(so), whole);
  });

/**
 * An object that archivers, producers or storage have spoilt, as it comes from storage, with a plan to read it by that
 * may be for another format or compression.
 */
export const damagedObject = fc
  .oneof(
    { weight: 12, arbitrary: fc.tuple(stored, format, compression, arbitraryCuts) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        damagedParquet,
        fc.constant<RecordFormat>({ kind: 'parquet' }),
        fc.constant<Compression>('none'),
        arbitraryCuts,
      ),
    },
  )
  .map(([bytes, readAs, packing, cuts]) => ({
    storedBytes: bytes.length,
    chunks: chunksOf(bytes, cuts),
    plan: planOf(readAs, packing),
  }));
