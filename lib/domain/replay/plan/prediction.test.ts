import { expect, it } from 'vitest';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { hashPartitionKey } from '#lib/domain/key-lookup.ts';
import { type Batch, SendBuffer } from '#lib/domain/replay/buffer/send-buffer.ts';
import type { ReplayOrder, Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import { NO_LIMIT, type Rates } from '#lib/domain/replay/emit/caps.ts';
import { Pacer } from '#lib/domain/replay/emit/pacer.ts';
import { PlayTime } from '#lib/domain/replay/emit/play-time.ts';
import type { Pace } from '#lib/domain/replay/emit/schedule.ts';
import { seededChances } from '#lib/domain/replay/testing/seeded-chances.ts';
import { predictDuration } from './predict-duration.ts';
import { SampleBuilder } from './sample.ts';

const SHARDS = uniformRanges(4);
const ROUND_TRIP_MS = 30;
const CONCURRENCY = 8;
const RECORDS = 12_000;

/** @param keyOf a key's number by a chance; records of 1,000 bytes, 20 ms apart */
function archiveOf(keyOf: (chance: number) => number): readonly Sendable[] {
  const random = seededChances(3);
  const time = new PlayTime(60_000);
  return Array.from({ length: RECORDS }, (_, ordinal) => {
    const partitionKey = `key-${keyOf(random())}`;
    const found = hashPartitionKey(partitionKey);
    if (!found.ok) throw new Error(found.problem);
    const playMs = time.next(ordinal * 20);
    const { hashKey } = found;
    return { object: 0, ordinal, partitionKey, hashKey, bytes: 1_000, playMs };
  });
}

type Run = { readonly order: ReplayOrder; readonly cap: Rates; readonly pace: Pace };

/** Sends all of it by a virtual clock, with answers that come after a round trip. @returns how long it took */
function run(archive: readonly Sendable[], { order, cap, pace }: Run): number {
  const buffer = new SendBuffer<Sendable>({
    order,
    shards: SHARDS,
    recordBytesMax: 1_048_576,
    window: { records: 4_000, bytes: 64e6, reach: 8_000 },
  });
  const pacer = new Pacer({
    pace,
    shards: SHARDS.map((_, i) => ({ shardId: `${i}`, cap })),
    total: NO_LIMIT,
    part: 1,
    startMs: -1_000,
  });
  const underWay: { readonly batch: Batch<Sendable>; readonly atMs: number }[] = [];
  let read = 0;
  let nowMs = 0;
  for (;;) {
    for (; buffer.hasRoom && read < archive.length; read += 1) {
      const record = archive[read];
      if (record !== undefined) buffer.offer(record);
    }
    const batch = underWay.length < CONCURRENCY ? buffer.next(pacer.gateAt(nowMs)) : null;
    if (batch !== null) {
      underWay.push({ batch, atMs: nowMs + ROUND_TRIP_MS });
      continue;
    }
    const answered = underWay[0];
    if (answered === undefined && buffer.waiting === 0) return nowMs;
    const asksAtMs = underWay.length < CONCURRENCY ? pacer.askAgainAtMs : Number.POSITIVE_INFINITY;
    nowMs = Math.min(answered?.atMs ?? Number.POSITIVE_INFINITY, asksAtMs);
    if (!Number.isFinite(nowMs)) throw new Error('Nothing will ever happen');
    if (answered !== undefined && answered.atMs <= nowMs) {
      underWay.shift();
      buffer.acknowledged(answered.batch.records);
    }
  }
}

const WIDE: Rates = { bytesPerSecond: 1e6, recordsPerSecond: 1_000 };
const NARROW: Rates = { bytesPerSecond: 50_000, recordsPerSecond: 1_000 };
const even = (keys: number) => (chance: number) => Math.floor(chance * keys);
/** Of some 1,000 keys the first has a seventh of the records, each next one less. */
const zipf = (chance: number) => Math.floor(1_000 ** chance);
const maximum = { kind: 'maximum' } as const;

it.each([
  ['evenly spread, as fast as it may', even(5_000), { order: 'none', cap: WIDE, pace: maximum }],
  ['with hot shards', zipf, { order: 'none', cap: NARROW, pace: maximum }],
  ['per key, evenly', even(5_000), { order: 'per-key', cap: WIDE, pace: maximum }],
  ['per key, with a hot one', zipf, { order: 'per-key', cap: WIDE, pace: maximum }],
  ['strictly in order', even(10), { order: 'strict', cap: WIDE, pace: maximum }],
  [
    'at four times its speed',
    even(5_000),
    { order: 'none', cap: WIDE, pace: { kind: 'timed', speed: 4 } },
  ],
] as const satisfies readonly (readonly [string, (chance: number) => number, Run])[])(
  'a replay takes about as long as was predicted from a tenth of it: %s',
  (_, keyOf, how) => {
    const archive = archiveOf(keyOf);
    const sample = new SampleBuilder(SHARDS);
    sample.object(0);
    for (const record of archive) if (record.ordinal % 10 === 0) sample.record(record);
    const predicted = predictDuration({
      records: archive.length,
      sample: sample.sample(),
      caps: SHARDS.map(() => how.cap),
      total: NO_LIMIT,
      pace: how.pace,
      playMs: archive.at(-1)?.playMs ?? null,
      order: how.order,
      roundTripMs: ROUND_TRIP_MS,
    });
    const tookMs = run(archive, how);
    expect((predicted?.ms ?? 0) / tookMs).toBeGreaterThan(0.75);
    expect((predicted?.ms ?? 0) / tookMs).toBeLessThan(1.25);
  },
);
