import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import { monthlyDollars, planSwitch, switchPriceWords } from './switch-plan.ts';

describe('planSwitch', () => {
  it('is one change in one direction', () => {
    expect(planSwitch(['IncomingBytes'], ['IncomingBytes', 'OutgoingBytes'])).toEqual({
      blocked: null,
      on: true,
      metrics: ['OutgoingBytes'],
    });
    expect(planSwitch([...SHARD_METRICS], ['IncomingBytes'])).toMatchObject({ on: false });
    expect(planSwitch(['IncomingBytes'], ['OutgoingBytes']).blocked).toContain('one change');
    expect(planSwitch(['IncomingBytes'], ['IncomingBytes']).blocked).toContain('already');
  });

  it('ends where it was wanted', () => {
    const sets = fc.subarray([...SHARD_METRICS]);
    fc.assert(
      fc.property(sets, sets, (on, wanted) => {
        const plan = planSwitch(on, wanted);
        if (plan.blocked !== null) return;
        const after = SHARD_METRICS.filter((m) =>
          plan.metrics.includes(m) ? plan.on : on.includes(m),
        );
        expect(after).toEqual(SHARD_METRICS.filter((m) => wanted.includes(m)));
      }),
    );
  });
});

it('tells the price of all shards by tiers', () => {
  // 84 x $0.30.
  expect(switchPriceWords(0, 7, 12)).toBe(
    '$25.20 a month: 7 metrics of 12 open shards are 84 custom metrics. At present $0.00.',
  );
  // reference/kinesis.md section 2: all seven of 5,000 shards are $5,500.
  expect(monthlyDollars(7, 5_000)).toBeCloseTo(5_500, 6);
});
