import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backtestAutoscale } from './backtest.ts';
import { type AutoscaleFacts, decideAutoscale } from './decide.ts';
import { lookBack, type RecordedPeriod } from './look-back.ts';
import {
  AUTOSCALE_DEFAULTS,
  type AutoscalePolicy,
  policyFault,
  suggestedPolicy,
} from './policy.ts';
import { autoscaleFactsOf } from './testing/facts-of.ts';

const MINUTE_MS = 60_000;

const decide = (change: Partial<AutoscaleFacts>, policy: Partial<AutoscalePolicy> = {}) =>
  decideAutoscale({ ...AUTOSCALE_DEFAULTS, ...policy }, autoscaleFactsOf(change));

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
      'does nothing by stale figures',
      { hindrance: 'figures-stale', loadShards: 9 },
      {},
      'figures-stale',
      null,
    ],
    [
      'takes away whatever consumers do, where that is wanted',
      { loadShards: 1.4, lagMs: null },
      { lagMsMax: null },
      'load-below-target',
      2,
    ],
    ['adds while a consumer lags', { loadShards: 3.5, lagMs: null }, {}, 'load-above-target', 5],
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
    expect(decision.facts).toEqual(autoscaleFactsOf(change));
  });

  it.each([
    ['cooling-off', { loadShards: 3.5, lastReshardAtMs: 10 * 3_600_000 - MINUTE_MS }, 5],
    ['cooling-off', { loadShards: 1.4, lastReshardAtMs: 10 * 3_600_000 - 30 * MINUTE_MS }, 2],
    ['day-spent', { loadShards: 3.5, reshardsInDay: 8 }, 5],
    ['consumer-lags', { loadShards: 1.4, lagMs: 6 * MINUTE_MS }, 2],
    ['lag-unknown', { loadShards: 1.4, lagMs: null }, 2],
    ['hot-shard-stays', { busiestUse: 0.95, lastReliefAtMs: 9 * 3_600_000 }, 4],
    ['tried-in-vain', { loadShards: 3.5, lastVainAtMs: 10 * 3_600_000 - MINUTE_MS }, 5],
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

describe('suggestedPolicy', () => {
  it('has no fault, and both bounds lie around what is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (open) => {
        const policy = suggestedPolicy(open);
        expect(policyFault(policy)).toBeNull();
        expect(policy.shardsMin).toBeLessThanOrEqual(open);
        expect(policy.shardsMax).toBeGreaterThanOrEqual(open);
      }),
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
    [{ hotShardUse: 0.6 }, 'hotShardUse'],
    [{ lookBackMs: -1 }, 'lookBackMs'],
    [{ outCoolOffMs: Number.POSITIVE_INFINITY }, 'outCoolOffMs'],
    [{ reshardsPerDayMax: 1.5 }, 'reshardsPerDayMax'],
    [{ lagMsMax: -1 }, 'lagMsMax'],
    [{ hotShardUse: null, lagMsMax: null }, null],
  ] as const)('%o: %s', (change, fault) => {
    expect(policyFault({ ...AUTOSCALE_DEFAULTS, ...change })).toBe(fault);
  });
});

/** Minutes of a stream of 4 shards whose load follows `loads`. */
function recorded(loads: readonly (number | null)[]): readonly RecordedPeriod[] {
  return loads.map((loadShards, i) => period(i, { loadShards, triedShards: loadShards }));
}

function period(minute: number, change: Partial<RecordedPeriod>): RecordedPeriod {
  const { loadShards = 0 } = change;
  return {
    startMs: minute * MINUTE_MS,
    periodSeconds: 60,
    openShardCount: 4,
    loadShards,
    triedShards: loadShards,
    busiestUse: loadShards === null ? null : loadShards / 4,
    refused: false,
    lagMs: 0,
    ...change,
  };
}

describe('lookBack', () => {
  it('takes the highest of the time, and no more of the time', () => {
    const seen = lookBack(recorded([9, 1, 3, 2]), 3, MINUTE_MS, null);
    expect(seen).toEqual({ loadShards: 3, busiestUse: 0.75, refused: false });
  });

  it('counts a silent period as one without load, where others tell something', () => {
    expect(lookBack(recorded([2, null, null]), 2, 0, null).loadShards).toBe(2);
  });

  it('leaves out what shards did that are closed now', () => {
    const periods = [
      period(0, { loadShards: 3, busiestUse: 0.99, refused: true }),
      period(1, { loadShards: 2, busiestUse: 0.4 }),
    ];
    const seen = lookBack(periods, 1, 0, MINUTE_MS);
    expect(seen).toEqual({ loadShards: 3, busiestUse: 0.4, refused: false });
  });

  it.each([
    ['where all are silent', recorded([null, null, null]), 2],
    ['over a gap', [period(0, {}), period(2, {})], 1],
    ['where it was not recorded from the beginning', [period(1, {}), period(2, {})], 1],
    ['where there is nothing', [], 0],
  ])('knows no load %s', (_, periods, last) => {
    expect(lookBack(periods, last, 0, null).loadShards).toBeNull();
  });
});

describe('backtestAutoscale', () => {
  const even = (load: number, minutes: number) => Array.from({ length: minutes }, () => load);

  it('grows with a load before it overloads, and shrinks when it has been low for long', () => {
    const ramp = Array.from({ length: 60 }, (_, i) => 2.5 + i / 12);
    const test = backtestAutoscale(
      AUTOSCALE_DEFAULTS,
      recorded([...even(2.5, 30), ...ramp, ...even(1, 200)]),
    );
    expect(test.overloadedMinutes.recorded).toBeGreaterThan(0);
    expect(test.overloadedMinutes.byPolicy).toBe(0);
    expect(Math.max(...test.shardCounts)).toBeGreaterThanOrEqual(10);
    expect(test.shardCounts.at(-1)).toBe(2);
    expect(test.changes.length).toBeLessThanOrEqual(AUTOSCALE_DEFAULTS.reshardsPerDayMax);
  });

  it('counts what was and what would have been paid', () => {
    const test = backtestAutoscale(AUTOSCALE_DEFAULTS, recorded(even(2.5, 120)));
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

  it('tells the minutes of refusals that are left, and those that more shards would have spared', () => {
    const refusing = (minute: number) =>
      period(minute, { loadShards: 3.6, triedShards: 4.4, refused: true });
    const periods = [
      ...recorded(even(2.5, 20)),
      ...Array.from({ length: 10 }, (_, i) => refusing(20 + i)),
    ];
    const { changes, refusedMinutes } = backtestAutoscale(AUTOSCALE_DEFAULTS, periods);
    expect(changes[0]?.facts.nowMs).toBe(21 * MINUTE_MS);
    // The first minute is what it is decided by; six shards hold what was tried from then on.
    expect(refusedMinutes).toEqual({ recorded: 10, left: 1, added: 0 });
  });

  it('rebalances a hot shard once, as the record does not tell what came of it', () => {
    const periods = Array.from({ length: 120 }, (_, i) =>
      period(i, { loadShards: 2.5, busiestUse: 1, refused: true }),
    );
    const { changes, refusedMinutes } = backtestAutoscale(AUTOSCALE_DEFAULTS, periods);
    expect(changes).toMatchObject([{ reason: 'hot-shard', action: { do: 'rebalance', count: 4 } }]);
    expect(refusedMinutes.left).toBe(120);
  });

  it('tells the minutes that fewer shards would have refused', () => {
    const policy = { ...AUTOSCALE_DEFAULTS, shardsMax: 2, targetUse: 1, hotShardUse: null };
    const { refusedMinutes } = backtestAutoscale(policy, recorded(even(3, 30)));
    expect(refusedMinutes).toMatchObject({ recorded: 0, left: 0 });
    expect(refusedMinutes.added).toBeGreaterThan(0);
  });

  it('never leaves the bounds, nor its budget of a day', () => {
    const load = fc.option(fc.double({ min: 0, max: 30, noNaN: true }), { freq: 9 });
    fc.assert(
      fc.property(fc.array(load, { minLength: 1, maxLength: 200 }), (loads) => {
        const policy = { ...AUTOSCALE_DEFAULTS, shardsMin: 2, reshardsPerDayMax: 3 };
        const { changes, shardCounts } = backtestAutoscale(policy, recorded(loads));
        expect(changes.length).toBeLessThanOrEqual(3);
        expect(shardCounts).toHaveLength(loads.length);
        for (const count of shardCounts) {
          expect(count).toBeGreaterThanOrEqual(2);
          expect(count).toBeLessThanOrEqual(20);
        }
      }),
    );
  });
});
