import { describe, expect, it } from 'vitest';
import { describeChart } from './describe-chart.ts';
import { shardCharts } from './shard-charts.ts';
import { historyOf } from './testing/history-of.ts';

const slots = new Map([
  ['shardId-000000000003', 0],
  ['shardId-000000000007', 1],
]);

describe('describeChart', () => {
  it('says the newest period against the limit', () => {
    expect(describeChart(shardCharts(historyOf(2), slots, 900_000).bytes)).toBe(
      'Bytes in per shard, against the limit of a shard 1.00 MiB/s. Newest period 00:00:05–00:00:10 UTC: …0003 0.97 MiB/s, …0007 0.40 MiB/s',
    );
  });

  it('says so where nothing has been read', () => {
    expect(describeChart(shardCharts(historyOf(0), slots, 900_000).bytes)).toBe(
      'Bytes in per shard: nothing has been read yet',
    );
  });
});
