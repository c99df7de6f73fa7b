import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { aggregateOf } from '#lib/domain/replay/testing/aggregate.ts';
import type { Outcome } from '#lib/domain/replay/transform/decode-object.ts';
import { decompress } from '#lib/domain/replay/transform/decompress/decompress.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { containerOf } from '#lib/domain/replay/transform/sniff/container.ts';
import { sniffFormat } from '#lib/domain/replay/transform/sniff/sniff-format.ts';
import { transformObject } from '#lib/domain/replay/transform/transform-object.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import {
  type ArchivedRecord,
  type ArchiveKind,
  encodeArchive,
} from '#server/local-aws/scenario/archive-object.ts';
import { NODE_DECODERS } from './node-decoders.ts';
import { NODE_DIGESTS } from './node-digests.ts';

const ARRIVAL_MS = Date.UTC(2026, 10, 23, 13, 59, 58, 250);
const HEAD_BYTES = 4_096;

function archived(index: number, data: Uint8Array): ArchivedRecord {
  const sequenceNumber = encodeSequenceNumber({
    shardCreatedSeconds: 1,
    sequenceIndex: BigInt(index),
    recordSeconds: 3,
    shardIndex: 1,
  });
  return {
    shardId: 'shardId-000000000001',
    partitionKey: `topic-${index % 7}`,
    sequenceNumber,
    arrivalMs: ARRIVAL_MS + index,
    data,
  };
}

const RECORDS = Array.from({ length: 500 }, (_, i) =>
  archived(
    i,
    Buffer.from(`{"topic":"topic-${i % 7}","id":9007199254740993${i},"text":"}{ \\"ä🎞"}`),
  ),
);

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

/** The format of an object, by its first bytes alone. */
async function sniffed(stored: Uint8Array) {
  const container = containerOf(stored);
  if (container.kind !== 'readable') throw new Error('the archiver writes what can be read');
  const { compression } = container;
  const head = stored.subarray(0, HEAD_BYTES);
  // Nothing is held back: of a head, no checksum can be seen.
  const limits = { ...DECOMPRESS_LIMITS, heldBytesMax: 0 };
  const pieces: Uint8Array[] = [];
  const options = { compression, storedBytes: head.length, limits, decoders: NODE_DECODERS };
  for await (const piece of decompress(chunked(head), options)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const [guess] = sniffFormat([{ objectKey: 'a', bytes, isWhole: head.length === stored.length }]);
  if (guess === undefined) throw new Error('the archiver writes what can be told');
  return { compression, ...guess };
}

async function replayed(kind: ArchiveKind, records: readonly ArchivedRecord[]) {
  const stored = await encodeArchive({ kind, streamName: 'tweets', key: 'a', records });
  const { compression, format, name, confidence } = await sniffed(stored);
  const object = { bucket: 'b', key: 'a', etag: 'e', storedBytes: stored.length };
  const key = {
    prefersArchived: true,
    source: { kind: 'payload-path', path: ['topic'] },
    fallback: { kind: 'quarantine' },
  } as const;
  const plan = { compression, format, deaggregates: true, key, recordBytesMax: 1_048_576 };
  const tools = { decoders: NODE_DECODERS, digests: NODE_DIGESTS, limits: DECOMPRESS_LIMITS };
  const stages = transformObject(chunked(stored), object, plan, tools);
  const outcomes: Outcome[] = [];
  for (;;) {
    const { done, value } = await stages.next();
    if (done === true) return { name, confidence, outcomes, report: value };
    outcomes.push(...value);
  }
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

it.each([
  ['firehose', 'json', 'payload-path'],
  ['lines', 'json', 'payload-path'],
  ['envelope', 'envelope', 'archived'],
  ['kpl', 'envelope', 'archived'],
] as const)(
  'what our archiver writes as %s is told, and comes back byte for byte',
  async (kind, format, keySource) => {
    const { name, confidence, outcomes, report } = await replayed(kind, RECORDS);
    expect([name, confidence]).toEqual([format, 'certain']);
    expect(report).toMatchObject({
      records: RECORDS.length,
      quarantined: 0,
      stored: { fault: null },
    });
    const back = outcomes.map((one) => (one.kind === 'record' ? one.record : null));
    expect(back.map((one) => one && [sha256(one.data), one.partitionKey, one.keySource])).toEqual(
      RECORDS.map(({ data, partitionKey }) => [sha256(data), partitionKey, keySource]),
    );
  },
);

it('an envelope brings back when and where a record arrived', async () => {
  const { outcomes } = await replayed('envelope', RECORDS.slice(0, 2));
  expect(outcomes[1]).toMatchObject({
    record: {
      origin: {
        shardId: 'shardId-000000000001',
        sequenceNumber: RECORDS[1]?.sequenceNumber,
        arrivalMs: ARRIVAL_MS + 1,
      },
    },
  });
});

it('an aggregate in an envelope comes back as its records', async () => {
  const parts = ['a', 'b', 'c'].map((partitionKey) => ({
    data: Buffer.from(`{"of":"${partitionKey}"}`),
    partitionKey,
    explicitHashKey: null,
  }));
  const { outcomes } = await replayed('envelope', [archived(0, aggregateOf(parts))]);
  expect(outcomes).toMatchObject(
    parts.map(({ partitionKey }, sub) => ({ record: { partitionKey, place: { sub } } })),
  );
});
