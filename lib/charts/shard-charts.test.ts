import { describe, expect, it } from 'vitest';
import { shardCharts } from './shard-charts.ts';
import { historyOf } from './testing/history-of.ts';

const slots = new Map([
  ['shardId-000000000003', 0],
  ['shardId-000000000007', 1],
]);

describe('shardCharts', () => {
  it('holds the hottest shards against the limit of one shard', () => {
    const { bytes, records } = shardCharts(historyOf(3), slots, 900_000);
    expect(bytes.lines.map((line) => line.label)).toEqual(['…0003', '…0007']);
    expect(bytes.limits[0]?.values).toEqual([1_048_576, 1_048_576, 1_048_576]);
    expect(bytes.yMax).toBeGreaterThan(1_048_576);
    expect(records.limits[0]?.label).toBe('limit of a shard 1,000 rec/s');
    expect(bytes.toMs - bytes.fromMs).toBe(900_000);
    expect(bytes.toMs).toBe(15_000);
  });

  it('shows only shards that refused, and all others as one line', () => {
    const { throttled } = shardCharts(
      historyOf(3, (i) => [i * 10, 0]),
      slots,
      900_000,
    );
    expect(throttled.lines.map((line) => [line.label, line.values])).toEqual([
      ['…0003', [0, 10, 20]],
      ['others', [1, 1, 1]],
    ]);
    expect(new Set(throttled.lines.map((line) => line.slot)).size).toBe(2);
  });
});
