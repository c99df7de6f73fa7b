import { expect, it } from 'vitest';
import { CustomMetrics } from './custom-metrics.ts';

const metric = { namespace: 'app', metricName: 'm', dimensions: { b: '2', a: '1' } };
const one = (value: number) => ({ sum: value, sampleCount: 1, minimum: value, maximum: value });

it('merges what falls into one period, whatever the order of dimensions', () => {
  const metrics = new CustomMetrics(5_000);
  metrics.put(metric, 10_000, one(3));
  metrics.put({ ...metric, dimensions: { a: '1', b: '2' } }, 14_999, one(5));
  metrics.put(metric, 15_000, one(7));
  expect(metrics.read(metric, 0, 20_000, 5_000)).toEqual([
    { startMs: 10_000, sum: 8, sampleCount: 2, minimum: 3, maximum: 5 },
    { startMs: 15_000, sum: 7, sampleCount: 1, minimum: 7, maximum: 7 },
  ]);
  expect(metrics.read(metric, 0, 20_000, 10_000)).toHaveLength(1);
  expect(metrics.read(metric, 15_000, 20_000, 5_000)).toHaveLength(1);
});

it('lists by namespace, name and dimensions', () => {
  const metrics = new CustomMetrics(5_000);
  metrics.put(metric, 0, one(1));
  const found = (dimensions: readonly { name: string; value: string | null }[]) =>
    metrics.list({ namespace: 'app', metricName: 'm', dimensions }).length;
  expect(found([])).toBe(1);
  expect(found([{ name: 'a', value: '1' }])).toBe(1);
  expect(found([{ name: 'a', value: null }])).toBe(1);
  expect(found([{ name: 'a', value: '2' }])).toBe(0);
  expect(metrics.list({ namespace: 'other', dimensions: [] })).toEqual([]);
});
