import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendedStatistic, readExtended } from './extended-statistic.ts';
import { samplesOfValues } from './samples.ts';

const pointOf = (values: readonly number[]) => ({
  startMs: 0,
  ...samplesOfValues(values.map((value) => [value, 1] as const)),
});

function read(stat: string, values: readonly number[]): number | null {
  const statistic = extendedStatistic(stat);
  if (statistic === null) {
    throw new Error(`${stat} is not known`);
  }
  return readExtended(statistic, pointOf(values));
}

describe('extended statistics', () => {
  // 100, 200 .. 1,000, so that a tenth is one sample.
  const tens = Array.from({ length: 10 }, (_, i) => (i + 1) * 100);
  const mean = (values: readonly number[]) =>
    values.reduce((total, value) => total + value, 0) / values.length;

  it.each([
    ['p0', 100],
    ['p50', 500],
    ['p90', 900],
    ['p99.9', 1_000],
    ['p100', 1_000],
    ['tm90', mean(tens.slice(0, 9))],
    ['TM(10%:90%)', mean(tens.slice(1, 9))],
    // Above the lower bound, up to the upper one.
    ['TM(150:750)', mean([200, 300, 400, 500, 600, 700])],
    ['IQM', mean(tens.slice(2, 8))],
    ['wm90', mean([...tens.slice(0, 9), 900])],
    ['WM(150:750)', mean([150, 200, 300, 400, 500, 600, 700, 750, 750, 750])],
    ['tc90', 9],
    ['TC(150:750)', 6],
    ['TC(750:)', 3],
    ['ts90', 4_500],
    ['TS(:150)', 100],
    ['PR(:350)', 30],
    ['PR(250:650)', 40],
  ])('%s', (stat, expected) => {
    const value = read(stat, tens) ?? Number.NaN;
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(expected * 0.01);
  });

  it.each([
    'p101',
    'p',
    'P50',
    'tm',
    'TM(5%:300)',
    'TM(:)',
    'TM(90%:10%)',
    'PR(:50%)',
    'pr50',
    'x',
  ])('does not know %s', (stat) => {
    expect(extendedStatistic(stat)).toBeNull();
  });

  it('has percentiles that only grow, within 1 % of samples', () => {
    const samples = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1 });
    fc.assert(
      fc.property(samples, fc.nat({ max: 100 }), fc.nat({ max: 100 }), (values, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map(
          (p) => read(`p${p}`, values) ?? -1,
        );
        expect(low).toBeLessThanOrEqual(high ?? -1);
        const nearest = Math.min(
          ...values.map((value) => Math.abs(value - (high ?? -1)) / (value || 1)),
        );
        expect(nearest).toBeLessThanOrEqual(0.01);
      }),
    );
  });

  it('knows of a set of statistics only what lies in samples that are all alike', () => {
    const median = extendedStatistic('p50') ?? { kind: 'percentile', percent: 50 };
    const point = { startMs: 0, sum: 30, sampleCount: 3, minimum: 10, maximum: 10 };
    expect(readExtended(median, point)).toBe(10);
    expect(readExtended(median, { ...point, maximum: 11 })).toBeNull();
    expect(readExtended(median, pointOf([-1, 2]))).toBeNull();
  });
});
