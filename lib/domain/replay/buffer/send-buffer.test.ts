import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { hashPartitionKey, placeOfKey } from '#lib/domain/key-lookup.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { type Batch, type BufferOptions, type Gate, SendBuffer } from './send-buffer.ts';
import { REPLAY_ORDERS, type ReplayOrder, type Sendable, sendableOf } from './sendable.ts';

const OPEN: Gate = { tryTake: () => true };

function bufferOf(options: Partial<BufferOptions> = {}): SendBuffer<Sendable> {
  return new SendBuffer<Sendable>({
    order: 'none',
    shards: uniformRanges(4),
    recordBytesMax: MEBIBYTE,
    window: { records: 2_000, bytes: 100 * MEBIBYTE, reach: 2_000 },
    ...options,
  });
}

/** A record of a key that has its own place on the ring. */
function record(ordinal: number, key: number, bytes = 100): Sendable {
  return {
    object: 0,
    ordinal,
    partitionKey: `key-${key}`,
    hashKey: hashKey((BigInt(key) * 2n ** 128n) / 8n),
    bytes,
    playMs: 0,
  };
}

type Answered = { readonly sent: Sendable; readonly is: 'acknowledged' | 'again' | 'unknown' };

/**
 * Sends all of it with up to four requests under way, which are answered in any order.
 * @returns what was written, what was acknowledged, and how much of that the buffer found out of order
 */
function sendAll(
  order: ReplayOrder,
  records: readonly Sendable[],
  chances: readonly number[],
  watch: (batch: Batch<Sendable>, underWay: readonly Batch<Sendable>[]) => void,
) {
  const buffer = bufferOf({ order, window: { records: 9, bytes: 2_000, reach: 12 } });
  const written: Sendable[] = [];
  const acknowledged: Sendable[] = [];
  let inversions = 0;
  const underWay: Batch<Sendable>[] = [];
  const left = [...records];
  let turn = 0;
  // After all chances were had nothing fails any more.
  const chance = () => chances[turn++] ?? 0;
  const answer = (sent: Sendable): Answered => {
    const is = (['acknowledged', 'acknowledged', 'again', 'unknown'] as const)[chance() % 4];
    return { sent, is: is ?? 'acknowledged' };
  };
  while (left.length > 0 || buffer.waiting + buffer.inFlight > 0) {
    while (buffer.hasRoom && left.length > 0) buffer.offer(left.shift() ?? record(0, 0));
    if (chance() % 9 === 8) buffer.resharded(uniformRanges(1 + (chance() % 5)));
    const shut = chance() % 5;
    const batch =
      underWay.length < 4 ? buffer.next({ tryTake: (lane) => lane + 1 !== shut }) : null;
    if (batch !== null) {
      watch(batch, underWay);
      underWay.push(batch);
    }
    if (batch !== null && chance() % 3 > 0) continue;
    const [landed] = underWay.splice(chance() % Math.max(1, underWay.length), 1);
    const answers = (landed?.records ?? []).map(answer);
    // A request with an unknown answer may have been written.
    written.push(...answers.filter(({ is }) => is !== 'again').map(({ sent }) => sent));
    const taken = answers.filter(({ is }) => is === 'acknowledged').map(({ sent }) => sent);
    acknowledged.push(...taken);
    buffer.acknowledged(taken);
    inversions += buffer.takeInversions();
    buffer.sendAgain(answers.filter(({ is }) => is !== 'acknowledged').map(({ sent }) => sent));
  }
  return { written, acknowledged, inversions };
}

/** Those that were acknowledged after a later one of their key. */
function outOfOrder(acknowledged: readonly Sendable[]): readonly Sendable[] {
  return acknowledged.filter(({ ordinal, partitionKey }, at) =>
    acknowledged
      .slice(0, at)
      .some((before) => before.partitionKey === partitionKey && before.ordinal > ordinal),
  );
}

const anyArchive = fc
  .array(fc.nat(7), { maxLength: 40 })
  .map((keys) => keys.map((key, i) => record(i, key)));
const anyChances = fc.array(fc.nat(1_000), { maxLength: 200 });

describe('a send buffer', () => {
  it.each(REPLAY_ORDERS)('sends all, whatever fails, and in its order: %s', (order) => {
    fc.assert(
      fc.property(anyArchive, anyChances, (records, chances) => {
        const came = sendAll(order, records, chances, (batch, underWay) => {
          const together = [...underWay, batch].flatMap((each) => each.records);
          const keys = together.map(({ partitionKey }) => partitionKey);
          if (order === 'per-key') expect(new Set(keys).size).toBe(keys.length);
          if (order === 'strict') expect(together).toHaveLength(1);
        });
        const firsts = [...new Set(came.written)];
        expect(came.inversions).toBe(outOfOrder(came.acknowledged).length);
        if (order !== 'none') expect(came.inversions).toBe(0);
        expect(new Set(firsts)).toEqual(new Set(records));
        if (order === 'strict') expect(firsts).toEqual(records);
        if (order === 'per-key') {
          const byKey = (all: readonly Sendable[]) => Map.groupBy(all, (r) => r.partitionKey);
          for (const [key, ofKey] of byKey(records)) expect(byKey(firsts).get(key)).toEqual(ofKey);
        }
      }),
    );
  });

  it('counts what a refused record finds out of order: the later ones of its key', () => {
    const buffer = bufferOf();
    for (let i = 0; i < 6; i += 1) buffer.offer(record(i, i % 2));
    const sent = buffer.next(OPEN)?.records ?? [];
    const isRefused = ({ ordinal }: Sendable) => ordinal === 0 || ordinal === 3;
    buffer.acknowledged(sent.filter((each) => !isRefused(each)));
    expect(buffer.takeInversions()).toBe(0);
    buffer.sendAgain(sent.filter(isRefused));
    // Of its key 0 is behind 2 and 4 now, and 3 behind 5.
    buffer.acknowledged(buffer.next(OPEN)?.records ?? []);
    expect([buffer.takeInversions(), buffer.takeInversions()]).toEqual([2, 0]);
  });

  it('makes requests within the limits of PutRecords, and as full as it can', () => {
    const buffer = bufferOf({ window: { records: 2_000, bytes: 1e9, reach: 2_000 } });
    for (let i = 0; i < 1_200; i += 1) buffer.offer(record(i, i % 8));
    expect([1, 2, 3].map(() => buffer.next(OPEN)?.records.length)).toEqual([500, 500, 200]);
    for (let i = 0; i < 12; i += 1) buffer.offer(record(i, i % 8, MEBIBYTE));
    expect([1, 2, 3].map(() => buffer.next(OPEN)?.bytes)).toEqual([
      10 * MEBIBYTE,
      2 * MEBIBYTE,
      undefined,
    ]);
  });

  it('refuses what the target does not take, and nothing that it does', () => {
    const buffer = bufferOf();
    expect(buffer.offer(record(0, 0, MEBIBYTE + 1))).toBe('too-large');
    expect(buffer.offer(record(0, 0, MEBIBYTE))).toBe('taken');
    expect(buffer.waiting).toBe(1);
  });

  it('lets no shard wait for another, and names the shards that it sends to', () => {
    const buffer = bufferOf();
    for (let i = 0; i < 80; i += 1) buffer.offer(record(i, i % 8));
    const batch = buffer.next({ tryTake: (lane) => lane !== 1 });
    expect(batch?.records).toHaveLength(60);
    expect(new Set(batch?.lanes)).toEqual(new Set([0, 2, 3]));
    for (const [i, sent] of (batch?.records ?? []).entries()) {
      expect(placeOfKey(uniformRanges(4), sent.hashKey)).toBe(batch?.lanes[i]);
    }
  });

  it('sends first again what was refused, in its order', () => {
    const buffer = bufferOf();
    for (let i = 0; i < 600; i += 1) buffer.offer(record(i, 0));
    const first = buffer.next(OPEN)?.records ?? [];
    buffer.acknowledged(first.slice(0, 400));
    buffer.sendAgain(first.slice(400));
    const again = buffer.next(OPEN)?.records ?? [];
    expect(again.map(({ ordinal }) => ordinal)).toEqual(
      Array.from({ length: 200 }, (_, i) => 400 + i),
    );
  });

  it.each(['none', 'per-key'] as const)(
    'takes the oldest over all shards, and passes over one that is closed (%s)',
    (order) => {
      const buffer = bufferOf({ order });
      for (let i = 0; i < 1_600; i += 1) {
        buffer.offer({ ...record(i, i % 8), partitionKey: `own-${i}` });
      }
      const ordinals = (gate: Gate) => buffer.next(gate)?.records.map(({ ordinal }) => ordinal);
      expect(ordinals(OPEN)).toEqual(Array.from({ length: 500 }, (_, i) => i));
      const later = Array.from({ length: 1_100 }, (_, i) => 500 + i);
      const isOfFirst = (ordinal: number) => ordinal % 8 < 2;
      const withoutFirst = ordinals({ tryTake: (lane) => lane !== 0 });
      expect(withoutFirst).toEqual(later.filter((ordinal) => !isOfFirst(ordinal)).slice(0, 500));
      expect(ordinals(OPEN)?.slice(0, 100)).toEqual(later.filter(isOfFirst).slice(0, 100));
    },
  );

  it('stops reading at each of its bounds', () => {
    const bound = (window: Partial<BufferOptions['window']>) => {
      const all = { records: 1e6, bytes: 1e9, reach: 1e6, ...window };
      return bufferOf({ window: all });
    };
    const fill = (buffer: SendBuffer<Sendable>) => {
      let taken = 0;
      while (buffer.hasRoom && taken < 100) buffer.offer(record(taken++, taken % 8));
      return taken;
    };
    expect(fill(bound({ records: 7 }))).toBe(7);
    expect(fill(bound({ bytes: 1_001 }))).toBe(11);
    const far = bound({ reach: 10 });
    expect(fill(far)).toBe(10);
    // All but the oldest are done: there is no room as long as it is not.
    const batch = far.next(OPEN);
    const [oldest, ...others] = (batch?.records ?? []).toSorted((a, b) => a.ordinal - b.ordinal);
    far.acknowledged(others);
    expect(far.hasRoom).toBe(false);
    expect(() => far.offer(record(10, 0))).toThrow(RangeError);
    far.acknowledged(oldest === undefined ? [] : [oldest]);
    expect(far.hasRoom).toBe(true);
  });

  it('counts nothing twice', () => {
    const buffer = bufferOf();
    const only = record(0, 0);
    buffer.offer(only);
    expect(() => buffer.acknowledged([only])).toThrow(RangeError);
    buffer.next(OPEN);
    buffer.acknowledged([only]);
    expect(() => buffer.sendAgain([only])).toThrow(RangeError);
    expect([buffer.waiting, buffer.inFlight]).toEqual([0, 0]);
  });

  it('goes by the explicit hash key where a record has one, and counts the key as Kinesis does', () => {
    const archived = {
      data: new Uint8Array(10),
      partitionKey: 'schlüssel',
      explicitHashKey: null,
      origin: { shardId: null, sequenceNumber: null, arrivalMs: null },
      place: { ordinal: 3, start: 0, end: 10, sub: null },
      keySource: 'archived',
    } as const;
    const hashOf = (key: string) => {
      const found = hashPartitionKey(key);
      return found.ok ? found.hashKey : hashKey(0n);
    };
    const keyBytes = (key: string) => new TextEncoder().encode(key).length;
    const at = { object: 7, playMs: 5 };
    const plain = sendableOf(archived, at, hashOf, keyBytes);
    expect(plain).toMatchObject({ object: 7, ordinal: 3, bytes: 20, playMs: 5 });
    expect(plain.hashKey).toBe(hashOf('schlüssel'));
    const explicit = { ...archived, explicitHashKey: hashKey(9n) };
    expect(sendableOf(explicit, at, hashOf, keyBytes).hashKey).toBe(9n);
  });
});
