import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dollarsOfMetrics, metricsFor, monthlyDollarsOfCustomMetrics } from './metric-price.ts';

test('charges by the metric asked for', () => {
  // reference/kinesis.md section 2: one metric of 5,000 shards is $0.05 a refresh, $2,160 a month each minute.
  expect(dollarsOfMetrics(5_000)).toBeCloseTo(0.05, 12);
  expect(dollarsOfMetrics(5_000) * 60 * 24 * 30).toBeCloseTo(2_160, 6);
  // 500 streams x 5 metrics each minute are $36 a day.
  expect(dollarsOfMetrics(500 * 5 * 1_440)).toBeCloseTo(36, 9);
});

test('buys whole metrics, never one too many', () => {
  expect([0.1, 0.3, 1, 0].map(metricsFor)).toEqual([10_000, 30_000, 100_000, 0]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (metrics) => {
      expect(metricsFor(dollarsOfMetrics(metrics))).toBe(metrics);
      expect(metricsFor(dollarsOfMetrics(metrics) + 0.4e-5)).toBe(metrics);
    }),
  );
});

test('charges shard-level metrics as custom metrics, in tiers', () => {
  // Section 2: of 5,000 shards two metrics are $3,000 a month, all seven $5,500.
  expect(monthlyDollarsOfCustomMetrics(5_000 * 2)).toBeCloseTo(3_000, 6);
  expect(monthlyDollarsOfCustomMetrics(5_000 * 7)).toBeCloseTo(5_500, 6);
  expect(monthlyDollarsOfCustomMetrics(12 * 7)).toBeCloseTo(25.2, 6);
  expect(monthlyDollarsOfCustomMetrics(0)).toBe(0);
});
