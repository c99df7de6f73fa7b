import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backtestAutoscale, type RecordedPeriod } from './backtest.ts';
import { type AutoscaleFacts, decideAutoscale } from './decide.ts';
import { AUTOSCALE_DEFAULTS, type AutoscalePolicy, policyFault } from './policy.ts';

const MINUTE_MS = 60_000;

function facts(change: Partial<AutoscaleFacts> = {}): AutoscaleFacts {
  return {
    nowMs: 10 * 3_600_000,
    openShardCount: 4,
    loadShards: 2.5,
    busiestUse: 0.65,
    refused: false,
    lagMs: 0,
    lastReshardAtMs: null,
    reshardsInDay: 0,
    isUnderWay: false,
    ...change,
  };
}

const decide = (change: Partial<AutoscaleFacts>, policy: Partial<AutoscalePolicy> = {}) =>
  decideAutoscale({ ...AUTOSCALE_DEFAULTS, ...policy }, facts(change));

describe('decideAutoscale', () => {
  it.each([
    ['leaves alone what is within the target', {}, {}, 'within-target', null],
    ['adds for a load above it', { loadShards: 3.5 }, {}, 'load-above-target', 5],
    [
      'adds a shard where just enough refuse',
      { loadShards: 2.8, refused: true },
      {},
      'load-above-target',
      5,
    ],
    ['takes away a good part', { loadShards: 1.4 }, {}, 'load-below-target', 2],
    [
      'not a shard that may be needed soon',
      { loadShards: 2.7, openShardCount: 5 },
      {},
      'within-target',
      null,
    ],
    ['keeps the minimum', { openShardCount: 1 }, { shardsMin: 3 }, 'below-minimum', 3],
    ['keeps the maximum', { openShardCount: 30 }, {}, 'above-maximum', 20],
    ['asks for no more than the maximum', { loadShards: 900 }, {}, 'load-above-target', 20],
    [
      'knows where it can do no more',
      { loadShards: 900, openShardCount: 20, refused: true },
      {},
      'at-maximum',
      null,
    ],
    ['moves load from a hot shard', { busiestUse: 0.95 }, {}, 'hot-shard', 4],
    [
      'though it refuses, rather than add one',
      { busiestUse: 1, refused: true, loadShards: 2.8 },
      {},
      'hot-shard',
      4,
    ],
    [
      'but not where that is switched off',
      { busiestUse: 0.95 },
      { hotShardUse: null },
      'within-target',
      null,
    ],
    ['guesses nothing', { loadShards: null }, {}, 'load-unknown', null],
    [
      'does one thing at a time',
      { isUnderWay: true, loadShards: 9 },
      {},
      'reshard-under-way',
      null,
    ],
  ] as const)('%s', (_, change, policy, reason, count) => {
    const decision = decide(change, policy);
    expect(decision.reason).toBe(reason);
    expect(decision.action.do === 'nothing' ? null : decision.action.count).toBe(count);
    expect(decision.facts).toEqual(facts(change));
  });

  it.each([
    ['cooling-off', { loadShards: 3.5, lastReshardAtMs: 10 * 3_600_000 - MINUTE_MS }, 5],
    ['cooling-off', { loadShards: 1.4, lastReshardAtMs: 10 * 3_600_000 - 30 * MINUTE_MS }, 2],
    ['day-spent', { loadShards: 3.5, reshardsInDay: 8 }, 5],
    ['consumer-lags', { loadShards: 1.4, lagMs: 6 * MINUTE_MS }, 2],
  ] as const)('%s holds it back, and says from what', (reason, change, count) => {
    const decision = decide(change);
    expect(decision).toMatchObject({ reason, action: { do: 'nothing' }, heldBack: { count } });
  });

  it('never leaves the bounds, and never asks for what is', () => {
    fc.assert(
      fc.property(
        fc.record({
          openShardCount: fc.integer({ min: 1, max: 40 }),
          loadShards: fc.double({ min: 0, max: 50, noNaN: true }),
          busiestUse: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
          refused: fc.boolean(),
        }),
        (change) => {
          const { action } = decide(change, { shardsMin: 2 });
          if (action.do === 'nothing') return;
          expect(action.count).toBeGreaterThanOrEqual(2);
          expect(action.count).toBeLessThanOrEqual(20);
          if (action.do === 'scale-to-count') expect(action.count).not.toBe(change.openShardCount);
        },
      ),
    );
  });
});

describe('policyFault', () => {
  it.each([
    [{}, null],
    [{ targetUse: 0 }, 'targetUse'],
    [{ targetUse: Number.NaN }, 'targetUse'],
    [{ shardsMin: 0 }, 'shardsMin'],
    [{ shardsMin: 9, shardsMax: 8 }, 'shardsMax'],
    [{ hotShardUse: 0 }, 'hotShardUse'],
    [{ lookBackMs: -1 }, 'lookBackMs'],
    [{ lagMsMax: -1 }, 'lagMsMax'],
  ] as const)('%o: %s', (change, fault) => {
    expect(policyFault({ ...AUTOSCALE_DEFAULTS, ...change })).toBe(fault);
  });
});

/** Minutes of a stream of 4 shards whose load follows `loads`. */
function recorded(loads: readonly (number | null)[]): readonly RecordedPeriod[] {
  return loads.map((loadShards, i) => ({
    startMs: i * MINUTE_MS,
    periodSeconds: 60,
    openShardCount: 4,
    loadShards,
    busiestUse: loadShards === null ? null : loadShards / 4,
    refused: false,
    lagMs: 0,
  }));
}

describe('backtestAutoscale', () => {
  it('grows with a load before it overloads, and shrinks when it has been low for long', () => {
    const loads = [
      ...Array.from({ length: 30 }, () => 2.5),
      ...Array.from({ length: 60 }, (_, i) => 2.5 + i / 12),
      ...Array.from({ length: 200 }, () => 1),
    ];
    const test = backtestAutoscale(AUTOSCALE_DEFAULTS, recorded(loads));
    expect(test.overloadedPeriods.recorded).toBeGreaterThan(0);
    expect(test.overloadedPeriods.byPolicy).toBe(0);
    expect(Math.max(...test.shardCounts)).toBeGreaterThanOrEqual(10);
    expect(test.shardCounts.at(-1)).toBe(2);
    expect(test.changes.length).toBeLessThanOrEqual(AUTOSCALE_DEFAULTS.reshardsPerDayMax);
  });

  it('counts what was and what would have been paid', () => {
    const test = backtestAutoscale(
      AUTOSCALE_DEFAULTS,
      recorded(Array.from({ length: 120 }, () => 2.5)),
    );
    expect(test.changes).toEqual([]);
    expect(test.shardHours).toEqual({ recorded: 8, byPolicy: 8 });
    expect(test.dollars.byPolicy).toBeCloseTo(8 * 0.015, 9);
  });

  it('does nothing over a gap in the record', () => {
    const test = backtestAutoscale(
      AUTOSCALE_DEFAULTS,
      recorded(Array.from({ length: 60 }, () => null)),
    );
    expect(test.shardCounts.every((count) => count === 4)).toBe(true);
  });
});
