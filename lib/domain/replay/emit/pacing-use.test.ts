import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { SendBuffer } from '#lib/domain/replay/buffer/send-buffer.ts';
import type { ReplayOrder, Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import { most, type Sent } from '#lib/domain/replay/testing/most-sent.ts';
import { seededChances } from '#lib/domain/replay/testing/seeded-chances.ts';
import { NO_LIMIT } from './caps.ts';
import { Pacer } from './pacer.ts';

const SHARDS = uniformRanges(20);
const CAP = {
  bytesPerSecond: SHARD_LIMITS.writeBytesPerSecondMax,
  recordsPerSecond: SHARD_LIMITS.writeRecordsPerSecondMax,
};
const WINDOW = { records: 16_000, bytes: 16 * 1_048_576, reach: 32_000 };
const REQUESTS = 16;
const RUN_MS = 10_000;
/** What is written down, sent and acknowledged takes any time within these, milliseconds. */
const COMMIT_MS = [3, 30] as const;
const ANSWER_MS = [5, 80] as const;

type Chances = () => number;

const between = ([least, longest]: readonly [number, number], chance: number) =>
  least + (longest - least) * chance;

/** Each of a key of its own, of 4 to 12 kB: bytes are what a shard is out of first. */
function* recordsOf(chances: Chances): Generator<Sendable, never> {
  for (let ordinal = 0; ; ordinal += 1) {
    yield {
      ...{ object: 0, ordinal, partitionKey: String(ordinal), playMs: 0 },
      hashKey: hashKey(BigInt(Math.floor(chances() * 2 ** 32)) << 96n),
      bytes: Math.round(between([4_000, 12_000], chances())),
    };
  }
}

type Slice = {
  readonly buffer: SendBuffer<Sendable>;
  readonly archive: Iterator<Sendable, never>;
  underWay: readonly { readonly answeredAtMs: number; readonly records: readonly Sendable[] }[];
  atMs: number;
};

/** The cycles of slices (slice-worker.ts) side by side, of an archive that is read faster than it may be sent. */
function replay(order: ReplayOrder, count: number, restMs: number, chances: Chances) {
  const shards = SHARDS.map((_, i) => ({ shardId: `shardId-${i}`, cap: CAP }));
  const pace = { kind: 'maximum' } as const;
  const pacer = new Pacer({ pace, shards, total: NO_LIMIT, part: 1, startMs: 0 });
  const of = { order, shards: SHARDS, recordBytesMax: 1_048_576, window: WINDOW };
  const slices = Array.from({ length: count }, (): Slice => {
    const buffer = new SendBuffer(of);
    return { buffer, archive: recordsOf(chances), underWay: [], atMs: restMs * chances() };
  });
  const sent: Sent[] = [];
  for (;;) {
    const slice = slices.reduce((next, one) => (one.atMs < next.atMs ? one : next));
    if (slice.atMs >= RUN_MS) return sent;
    cycle(slice, pacer, restMs, chances, sent);
  }
}

function cycle(slice: Slice, pacer: Pacer, restMs: number, chances: Chances, sent: Sent[]): void {
  const { buffer, archive, atMs } = slice;
  const isAnswered = ({ answeredAtMs }: Slice['underWay'][number]) => answeredAtMs <= atMs;
  for (const { records } of slice.underWay.filter(isAnswered)) buffer.acknowledged(records);
  const underWay = slice.underWay.filter((request) => !isAnswered(request));
  while (buffer.hasRoom) buffer.offer(archive.next().value);
  const writtenAtMs = atMs + between(COMMIT_MS, chances());
  let againAtMs = Number.POSITIVE_INFINITY;
  while (underWay.length < REQUESTS) {
    const batch = buffer.next(pacer.gateAt(atMs));
    againAtMs = pacer.askAgainAtMs;
    if (batch === null) break;
    for (const [i, { bytes }] of batch.records.entries()) {
      sent.push({ atMs, lane: batch.lanes[i] ?? -1, bytes });
    }
    const answeredAtMs = writtenAtMs + between(ANSWER_MS, chances());
    underWay.push({ answeredAtMs, records: batch.records });
  }
  slice.underWay = underWay;
  const wokenAtMs = Math.min(againAtMs, ...underWay.map(({ answeredAtMs }) => answeredAtMs));
  slice.atMs = Math.max(atMs + restMs, writtenAtMs, wokenAtMs);
}

/** As the engine has it: two slices at their rest where order is free, else one, which rests less. */
const AS_ENGINE = [
  { order: 'none', slices: 2, restMs: 60 },
  { order: 'per-key', slices: 1, restMs: 15 },
] as const;

it.for(AS_ENGINE)(
  'where order is $order, a replay uses nearly all of what 20 shards may take, and no more of any in any second',
  ({ order, slices, restMs }) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const sent = replay(order, slices, restMs, seededChances(seed));
        // The first second counts as taken: whoever sent before may have.
        const bytes = sent.reduce((sum, one) => sum + (one.atMs < 2_000 ? 0 : one.bytes), 0);
        const possible = SHARDS.length * CAP.bytesPerSecond * (RUN_MS / 1_000 - 2);
        expect(bytes / possible).toBeGreaterThan(0.97);
        for (const lane of SHARDS.keys()) {
          const ofShard = sent.filter((one) => one.lane === lane);
          expect(most(ofShard, 1_000, (one) => one.bytes)).toBeLessThanOrEqual(CAP.bytesPerSecond);
          expect(most(ofShard, 1_000, () => 1)).toBeLessThanOrEqual(CAP.recordsPerSecond);
        }
      }),
      { numRuns: 2 },
    );
  },
);
