import fc from 'fast-check';
import { expect, test } from 'vitest';
import { METRIC_DATAPOINTS_PER_CALL_MAX, METRIC_QUERIES_PER_CALL_MAX } from './api-quotas.ts';
import { batchStarts } from './get-metrics.ts';

test('batches cover every query once, within both limits of a call', () => {
  const counts = fc.integer({ min: 0, max: 2_000 });
  const periodCounts = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(counts, periodCounts, (count, periods) => {
      const batches = batchStarts(count, periods);
      const sizes = batches.map(({ from, to }) => to - from);
      expect(batches.map(({ from }) => from)).toEqual(
        [0, ...batches.map(({ to }) => to)].slice(0, -1),
      );
      expect(batches.at(-1)?.to ?? 0).toBe(count);
      expect(Math.min(1, ...sizes)).toBe(1);
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(METRIC_QUERIES_PER_CALL_MAX);
      expect(Math.max(0, ...sizes) * periods).toBeLessThanOrEqual(METRIC_DATAPOINTS_PER_CALL_MAX);
    }),
  );
});
