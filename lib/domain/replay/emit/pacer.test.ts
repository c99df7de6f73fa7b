import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import { most, type Sent } from '#lib/domain/replay/testing/most-sent.ts';
import { capOfShard, FREE_SHARE_DEFAULT, liveRates, NO_LIMIT, type Rates } from './caps.ts';
import { Pacer, type PacerOptions } from './pacer.ts';

const shard = (i: number, bytesPerSecond: number, recordsPerSecond: number) => ({
  shardId: `shardId-${i}`,
  cap: { bytesPerSecond, recordsPerSecond },
});

function pacerOf(options: Partial<PacerOptions> = {}): Pacer {
  return new Pacer({
    pace: { kind: 'maximum' },
    shards: [shard(0, 1_000, 10), shard(1, 4_000, 40)],
    total: NO_LIMIT,
    part: 1,
    startMs: 0,
    ...options,
  });
}

const record = (bytes: number, playMs = 0): Sendable => ({
  object: 0,
  ordinal: 0,
  partitionKey: 'k',
  hashKey: hashKey(0n),
  bytes,
  playMs,
});

/** Sends as much as it is let, asking when it was told to. */
function sendUntil(pacer: Pacer, endMs: number, sizes: readonly number[]): readonly Sent[] {
  const sent: Sent[] = [];
  for (let nowMs = 0; nowMs < endMs; ) {
    const gate = pacer.gateAt(nowMs);
    for (const lane of [0, 1]) {
      for (;;) {
        const bytes = sizes[sent.length % sizes.length] ?? 1;
        if (!gate.tryTake(lane, record(bytes))) break;
        sent.push({ atMs: nowMs, lane, bytes });
      }
    }
    expect(pacer.askAgainAtMs).toBeGreaterThan(nowMs);
    nowMs = pacer.askAgainAtMs;
  }
  return sent;
}

describe('a pacer', () => {
  it('exceeds no cap over any second or any minute, and wastes little of it', () => {
    const anySizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 9 });
    const anyTotal = fc.constantFrom<Rates>(NO_LIMIT, {
      bytesPerSecond: 3_000,
      recordsPerSecond: 30,
    });
    fc.assert(
      fc.property(anySizes, anyTotal, (sizes, total) => {
        const sent = sendUntil(pacerOf({ total }), 70_000, sizes);
        for (const windowMs of [1_000, 60_000]) {
          const seconds = windowMs / 1_000;
          for (const [lane, perSecond, records] of [
            [0, 1_000, 10],
            [1, 4_000, 40],
          ] as const) {
            const ofLane = sent.filter((one) => one.lane === lane);
            expect(most(ofLane, windowMs, (one) => one.bytes)).toBeLessThanOrEqual(
              seconds * perSecond,
            );
            expect(most(ofLane, windowMs, () => 1)).toBeLessThanOrEqual(seconds * records);
          }
          expect(most(sent, windowMs, (one) => one.bytes)).toBeLessThanOrEqual(
            seconds * total.bytesPerSecond,
          );
          expect(most(sent, windowMs, () => 1)).toBeLessThanOrEqual(
            seconds * total.recordsPerSecond,
          );
        }
        const mean = sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length;
        const possible = Math.min(
          total.recordsPerSecond,
          total.bytesPerSecond / mean,
          Math.min(10, 1_000 / mean) + Math.min(40, 4_000 / mean),
        );
        expect(sent.length / 69).toBeGreaterThan(0.7 * possible);
      }),
      { numRuns: 30 },
    );
  });

  it('lets a record through that is larger than a second, alone, and waits until it is paid for', () => {
    const sent = sendUntil(pacerOf({ shards: [shard(0, 1_000, 10)] }), 30_000, [5_000]);
    expect(sent.length).toBeGreaterThan(4);
    for (const [i, one] of sent.entries()) {
      const next = sent[i + 1];
      if (next !== undefined) expect(next.atMs - one.atMs).toBeGreaterThan(4_800);
    }
  });

  it('sends only its part of the rates, and nothing without one', () => {
    const pacer = pacerOf({ part: 0.5 });
    const sent = sendUntil(pacer, 20_000, [10]);
    expect(most(sent, 1_000, () => 1)).toBe(25);
    pacer.setPart(0);
    expect(pacer.gateAt(60_000).tryTake(0, record(1))).toBe(false);
    pacer.setPart(1);
    expect(pacer.gateAt(60_000).tryTake(0, record(1))).toBe(true);
    pacer.setTotal({ bytesPerSecond: 10, recordsPerSecond: 10 });
    const gate = pacer.gateAt(70_000);
    expect([gate.tryTake(0, record(6)), gate.tryTake(1, record(6))]).toEqual([true, false]);
  });

  it('halves what a shard gets where somebody was refused, leaves the other alone, and comes back', () => {
    const pacer = pacerOf();
    pacer.refusedOthers('shardId-0', 5_000);
    pacer.refusedOthers('shardId-0', 5_100);
    expect(pacer.yieldingShards(5_100)).toEqual([
      { shardId: 'shardId-0', share: expect.closeTo(0.505) },
    ]);
    expect(pacer.yieldingShards(10_000)).toEqual([
      { shardId: 'shardId-0', share: expect.closeTo(0.75) },
    ]);
    expect(pacer.yieldingShards(15_001)).toEqual([]);
    for (let i = 0; i < 30; i += 1) pacer.refusedOthers('shardId-1', 20_000 + i * 1_000);
    const [least] = pacer.yieldingShards(49_000);
    expect(least?.share).toBeGreaterThan(0);
    expect(least?.share).toBeLessThan(0.11);
  });

  it('backs off from a shard that refuses, for longer each time, until it takes some', () => {
    const pacer = pacerOf();
    const waits = (nowMs: number) => {
      pacer.refused('shardId-0', nowMs, 0.999_999);
      const gate = pacer.gateAt(nowMs);
      expect(gate.tryTake(0, record(1))).toBe(false);
      expect(gate.tryTake(1, record(1))).toBe(true);
      return Math.round(pacer.askAgainAtMs - nowMs);
    };
    expect([10_000, 20_000, 30_000].map(waits)).toEqual([100, 200, 400]);
    for (let i = 0; i < 20; i += 1) pacer.refused('shardId-0', 40_000, 0.999_999);
    expect(pacer.gateAt(40_000).tryTake(0, record(1))).toBe(false);
    expect(pacer.askAgainAtMs).toBeCloseTo(50_000, 0);
    pacer.taken('shardId-0');
    expect(waits(60_000)).toBe(100);
  });

  it('plays at the speed that was asked for, and counts a new one from where it is', () => {
    const pacer = pacerOf({ pace: { kind: 'timed', speed: 2 } });
    const at = (nowMs: number, playMs: number) => pacer.gateAt(nowMs).tryTake(1, record(1, playMs));
    expect(at(10_000, 500)).toBe(true);
    expect(at(10_000, 2_500)).toBe(false);
    expect(pacer.askAgainAtMs).toBe(11_000);
    expect(at(11_000, 2_500)).toBe(true);
    pacer.setPace({ kind: 'timed', speed: 0.5 }, 20_000);
    expect(at(20_000, 3_500)).toBe(false);
    expect(pacer.askAgainAtMs).toBe(22_000);
    pacer.setPace({ kind: 'maximum' }, 20_000);
    expect(at(20_000, 99_000)).toBe(true);
  });

  it('remembers a shard through a change of the others', () => {
    const pacer = pacerOf();
    pacer.refusedOthers('shardId-1', 5_000);
    const tiny = { bytesPerSecond: 0, recordsPerSecond: 0 };
    pacer.setShards([{ shardId: 'shardId-1', cap: tiny }, shard(7, 100, 10)], 5_000);
    expect(pacer.yieldingShards(5_000)).toHaveLength(1);
    const gate = pacer.gateAt(5_500);
    expect([gate.tryTake(0, record(1)), gate.tryTake(1, record(1))]).toEqual([false, false]);
    const later = pacer.gateAt(6_500);
    expect([later.tryTake(0, record(1)), later.tryTake(1, record(1))]).toEqual([false, true]);
  });
});

describe('the cap of a shard', () => {
  const live = { bytesPerSecond: 1_048_576 * 0.7, recordsPerSecond: 400 };

  it('is a share of what is free, and no more than the absolute one', () => {
    expect(capOfShard(live, FREE_SHARE_DEFAULT, null)).toEqual({
      bytesPerSecond: expect.closeTo(1_048_576 * 0.15),
      recordsPerSecond: 300,
    });
    const absolute = { bytesPerSecond: 1_000, recordsPerSecond: 500 };
    expect(capOfShard(live, 0.5, absolute)).toEqual({
      bytesPerSecond: 1_000,
      recordsPerSecond: 300,
    });
    const busy = { bytesPerSecond: 2e6, recordsPerSecond: 0 };
    expect(capOfShard(busy, 0.5, null).bytesPerSecond).toBe(0);
  });

  it('is nothing where live traffic is not known, unless a person set one', () => {
    expect(capOfShard(null, 0.5, null)).toEqual({ bytesPerSecond: 0, recordsPerSecond: 0 });
    expect(capOfShard(null, 0.5, live)).toEqual(live);
  });

  it('takes what the replay wrote itself for no live traffic', () => {
    const ours = { bytesPerSecond: 1_000, recordsPerSecond: 500 };
    expect(liveRates({ bytesPerSecond: 3_000, recordsPerSecond: 400 }, ours)).toEqual({
      bytesPerSecond: 2_000,
      recordsPerSecond: 0,
    });
    expect(liveRates({ bytesPerSecond: Number.NaN, recordsPerSecond: 1 }, ours)).toBeNull();
  });
});
