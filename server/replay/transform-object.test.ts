import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregateOf } from '#lib/domain/replay/testing/aggregate.ts';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import type { Outcome } from '#lib/domain/replay/transform/decode-object.ts';
import type { RecordFormat } from '#lib/domain/replay/transform/format.ts';
import { ENVELOPE, FIREHOSE_ERROR } from '#lib/domain/replay/transform/payload/envelope-map.ts';
import {
  type TransformReport,
  transformObject,
} from '#lib/domain/replay/transform/transform-object.ts';
import { NODE_DECODERS } from './node-decoders.ts';
import { NODE_DIGESTS } from './node-digests.ts';

const TOOLS = {
  decoders: NODE_DECODERS,
  digests: NODE_DIGESTS,
  limits: {
    decodedBytesMax: 1_000_000,
    ratioMax: 200,
    ratioFromBytes: 100_000,
    heldBytesMax: 50_000,
  },
};
const PACK = {
  none: (bytes: Uint8Array) => bytes,
  gzip: (bytes: Uint8Array) => gzipSync(bytes),
  zstd: (bytes: Uint8Array) => zstdCompressSync(bytes),
} as const;

/** Payloads of one archive in each format that keeps their bytes. */
const FORMATS: readonly {
  readonly name: string;
  readonly format: RecordFormat;
  readonly write: (data: Uint8Array) => string;
}[] = [
  { name: 'firehose', format: { kind: 'json' }, write: textOf },
  {
    name: 'lines',
    format: { kind: 'lines', lineEnds: 'lf' },
    write: (data) => `${textOf(data)}\n`,
  },
  { name: 'base64', format: { kind: 'base64-lines' }, write: (data) => `${base64(data)}\n` },
  {
    name: 'envelope',
    format: { kind: 'envelope', map: ENVELOPE },
    write: (data) => `${JSON.stringify({ data: base64(data), partitionKey: 'k' })}\n`,
  },
  {
    name: 'firehose errors',
    format: { kind: 'envelope', map: FIREHOSE_ERROR },
    write: (data) => JSON.stringify({ attemptsMade: 1, rawData: base64(data) }),
  },
];

function textOf(data: Uint8Array): string {
  return Buffer.from(data).toString();
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString('base64');
}

async function transform(
  format: RecordFormat,
  compression: keyof typeof PACK,
  chunks: readonly Uint8Array[],
) {
  const storedBytes = chunks.reduce((sum, { length }) => sum + length, 0);
  const object = { bucket: 'archive', key: 'a', etag: 'e', storedBytes };
  const key = { prefersArchived: true, source: null, fallback: { kind: 'payload-hash' } } as const;
  const plan = { compression, format, deaggregates: true, key, recordBytesMax: 20_000 };
  const stages = transformObject(sourceOf(chunks), object, plan, TOOLS);
  const outcomes: Outcome[] = [];
  for (;;) {
    const { done, value } = await stages.next();
    if (done === true) return { outcomes, report: value };
    outcomes.push(...value);
  }
}

async function* sourceOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function payloadsOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap((one) => (one.kind === 'record' ? [base64(one.record.data)] : []));
}

function expectBalance(
  { stored, decoded, ...counts }: TransformReport,
  storedBytes: number,
  outcomes: number,
) {
  expect(stored.memberBytes + stored.paddingBytes + stored.faultyBytes).toBe(storedBytes);
  const { record, framing, quarantined, trailing } = decoded;
  expect(record + framing + quarantined + trailing).toBe(stored.decodedBytes);
  expect(counts.records + counts.quarantined).toBe(outcomes);
}

const payload = fc.oneof(
  fc.json({ maxDepth: 3 }).map((json) => utf8(`{"v":${json},"id":12345678901234567890}`)),
  fc.string({ unit: 'binary' }).map((text) => utf8(JSON.stringify({ text }))),
);

describe.each(FORMATS)('$name', ({ format, write }) => {
  it.each(['none', 'gzip', 'zstd'] as const)(
    'in %s gives back each payload byte for byte',
    async (compression) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(payload, { minLength: 1 }), { minLength: 1, maxLength: 3 }),
          arbitraryCuts,
          async (members, cuts) => {
            const stored = joined(
              members.map((payloads) => PACK[compression](utf8(payloads.map(write).join('')))),
            );
            const { outcomes, report } = await transform(
              format,
              compression,
              chunksOf(stored, cuts),
            );
            expect(payloadsOf(outcomes)).toEqual(members.flat().map(base64));
            expectBalance(report, stored.length, outcomes.length);
          },
        ),
        { numRuns: 30 },
      );
    },
  );
});

/** What an archive may hold that is not of the format that it is read by, and what storage does to it. */
describe('of damaged objects', () => {
  const data = fc.oneof(
    payload,
    fc.uint8Array({ maxLength: 200 }),
    fc
      .uint8Array({ minLength: 1, maxLength: 50 })
      .map((bytes) => aggregateOf([{ data: bytes, partitionKey: 'k', explicitHashKey: null }])),
    fc.nat(60_000).map((length) => new Uint8Array(length)),
  );
  const written = fc.constantFrom(...FORMATS);
  const pack = fc.constantFrom('none', 'gzip', 'zstd') satisfies fc.Arbitrary<keyof typeof PACK>;
  const object = fc
    .tuple(
      fc.array(fc.tuple(data, written), { maxLength: 8 }),
      pack,
      fc.array(arbitraryDamage(), { maxLength: 2 }),
    )
    .map(([records, compression, damages]) => {
      const plain = joined(records.map(([bytes, { write }]) => utf8(write(bytes))));
      return damages.reduce((so, damage) => damage(so), PACK[compression](plain));
    });

  // Each seed makes another corpus, and the same one each time: what fails can be tried again.
  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'every byte is accounted for, corpus %i',
    async (seed) => {
      await fc.assert(
        fc.asyncProperty(
          object,
          written,
          pack,
          arbitraryCuts,
          async (stored, { format }, compression, cuts) => {
            const { outcomes, report } = await transform(
              format,
              compression,
              chunksOf(stored, cuts),
            );
            expectBalance(report, stored.length, outcomes.length);
          },
        ),
        { numRuns: 50, seed },
      );
    },
  );
});
