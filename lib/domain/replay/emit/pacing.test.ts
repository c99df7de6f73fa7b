import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import { capOfShard, FREE_SHARE_DEFAULT, liveRates, NO_LIMIT, type Rates } from './caps.ts';
import { Pacer } from './pacer.ts';
import { grantShare, type RateShare } from './rate-shares.ts';

const SHARD = 'shardId-000000000000';
const STEP_MS = 10;
const LIMIT = SHARD_LIMITS.writeRecordsPerSecondMax;

const RECORD: Sendable = {
  object: 0,
  ordinal: 0,
  partitionKey: 'k',
  hashKey: hashKey(0n),
  bytes: 100,
  playMs: 0,
};

/** A shard that takes so many records in any second, and counts whose it refuses. */
function modelShard() {
  const taken: number[] = [];
  let first = 0;
  const refused = { live: 0, ours: 0 };
  return {
    refused,
    put(nowMs: number, whose: 'live' | 'ours'): boolean {
      while ((taken[first] ?? nowMs) <= nowMs - 1_000) first += 1;
      if (taken.length - first >= LIMIT) {
        refused[whose] += 1;
        return false;
      }
      taken.push(nowMs);
      return true;
    },
  };
}

const pacerOf = (cap: Rates, startMs = 0, part = 1) =>
  new Pacer({
    pace: { kind: 'maximum' },
    shards: [{ shardId: SHARD, cap }],
    total: NO_LIMIT,
    part,
    startMs,
  });

/**
 * A minute of live producers on one shard, and a replay beside them that was planned when they wrote 700 records/s.
 * @param livePerSecond by second
 * @param heeds what the replay heeds: its own refusals, those of others a second after, or none
 */
function runBesideLive(
  livePerSecond: (second: number) => number,
  heeds: 'own' | 'others' | 'all' | 'nothing',
) {
  const live = liveRates(
    { bytesPerSecond: 70_000, recordsPerSecond: 700 },
    { bytesPerSecond: 0, recordsPerSecond: 0 },
  );
  const pacer = pacerOf(capOfShard(live, FREE_SHARE_DEFAULT, null));
  const shard = modelShard();
  let sent = 0;
  let due = 0;
  let refusedBefore = 0;
  for (let nowMs = 0; nowMs < 60_000; nowMs += STEP_MS) {
    due += (livePerSecond(nowMs / 1_000) * STEP_MS) / 1_000;
    for (; due >= 1; due -= 1) shard.put(nowMs, 'live');
    const gate = pacer.gateAt(nowMs);
    let isRefused = false;
    while (gate.tryTake(0, RECORD)) {
      if (shard.put(nowMs, 'ours')) sent += 1;
      else isRefused = true;
    }
    if (isRefused && (heeds === 'own' || heeds === 'all')) pacer.refused(SHARD, nowMs, 0.5);
    if (nowMs % 1_000 === 0) {
      const isTold = heeds === 'others' || heeds === 'all';
      if (isTold && shard.refused.live > refusedBefore) pacer.refusedOthers(SHARD, nowMs);
      refusedBefore = shard.refused.live;
    }
  }
  return { sent, refused: shard.refused };
}

describe('a replay beside live traffic', () => {
  it('refuses live producers nothing at the default cap, and uses what it may', () => {
    const { sent, refused } = runBesideLive(() => 700, 'all');
    expect(refused).toEqual({ live: 0, ours: 0 });
    expect(sent).toBeGreaterThan(0.95 * 150 * 59);
  });

  it('makes room when they need more than they did', () => {
    const rising = (second: number) => (second < 20 ? 700 : 950);
    const blind = runBesideLive(rising, 'nothing').refused.live;
    const { sent, refused } = runBesideLive(rising, 'all');
    expect(blind).toBeGreaterThan(500);
    expect(refused.live).toBeLessThan(blind / 5);
    // Either sign alone is enough to see it by.
    expect(runBesideLive(rising, 'own').refused.live).toBeLessThan(blind / 2);
    expect(runBesideLive(rising, 'others').refused.live).toBeLessThan(blind / 2);
    expect(sent).toBeGreaterThan(150 * 19);
  });
});

describe('two workers on one budget', () => {
  it('exceed no cap in any second together, whoever comes and goes', () => {
    const cap = { bytesPerSecond: 1e9, recordsPerSecond: 200 };
    let shares: readonly RateShare[] = [];
    const workers = ['a', 'b'].map((worker) => ({
      worker,
      pacer: pacerOf(cap, 0, 0),
      untilMs: 0,
      asksAtMs: 0,
    }));
    const isThere = (worker: string, nowMs: number) =>
      worker === 'a' ? nowMs < 40_000 : nowMs >= 15_000;
    const sentAtMs: number[] = [];
    for (let nowMs = 0; nowMs < 60_000; nowMs += STEP_MS) {
      const claims = workers
        .filter(({ worker }) => isThere(worker, nowMs))
        .map(({ worker }) => ({ worker, slices: 1 }));
      for (const one of workers.filter(({ worker }) => isThere(worker, nowMs))) {
        if (nowMs >= one.asksAtMs) {
          const grant = grantShare(shares, claims, one.worker, nowMs, 3_000);
          shares = grant.shares;
          one.pacer.setPart(grant.granted.part);
          one.untilMs = grant.granted.untilMs;
          one.asksAtMs = nowMs + 1_000;
        }
        if (nowMs >= one.untilMs) continue;
        const gate = one.pacer.gateAt(nowMs);
        while (gate.tryTake(0, RECORD)) sentAtMs.push(nowMs);
      }
    }
    let first = 0;
    for (const [i, atMs] of sentAtMs.entries()) {
      while ((sentAtMs[first] ?? atMs) <= atMs - 1_000) first += 1;
      expect(i - first + 1).toBeLessThanOrEqual(200);
    }
    const between = (fromMs: number, toMs: number) =>
      sentAtMs.filter((atMs) => atMs >= fromMs && atMs < toMs).length;
    // One alone, both, and the one that is left once the other's share has run out.
    expect(between(5_000, 15_000)).toBeGreaterThan(1_900);
    expect(between(20_000, 40_000)).toBeGreaterThan(3_800);
    expect(between(46_000, 60_000)).toBeGreaterThan(2_600);
  });
});
