import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisSteps, axisTexts } from './axis-values.ts';
import { describeChart } from './describe-chart.ts';
import { assignSlots } from './series-slots.ts';
import { shardCharts } from './shard-charts.ts';
import { stack } from './stack.ts';
import { streamCharts } from './stream-charts.ts';
import { historyOf } from './testing/history-of.ts';
import { throttleRows } from './throttle-rows.ts';

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

describe('streamCharts', () => {
  it('lets the limit follow the number of open shards', () => {
    const history = { ...historyOf(3), openShardCount: [4, null, 8] };
    const { bytes } = streamCharts(history, 900_000);
    expect(bytes.limits[0]?.values).toEqual([4 * 1_048_576, null, 8 * 1_048_576]);
    expect(bytes.limits[1]?.values).toEqual([8 * 1_048_576, null, 16 * 1_048_576]);
  });
});

describe('stack', () => {
  it('adds up from below and keeps gaps', () => {
    expect(stack([{ values: [1, null, null] }, { values: [2, 3, null] }])).toEqual([
      [1, null, null],
      [3, 3, null],
    ]);
  });
});

describe('throttleRows', () => {
  it('gives each period its total, shard by shard, newest first', () => {
    const table = throttleRows(
      historyOf(4, (i) => [i * 10, i]),
      3,
      4,
    );
    expect(table.shardIds).toEqual(['shardId-000000000003', 'shardId-000000000007']);
    expect(
      table.rows.map((row) => [row.periodStartMs, row.byShard, row.others, row.total]),
    ).toEqual([
      [15_000, [30, 3], 1, 34],
      [10_000, [20, 2], 1, 23],
      [5_000, [10, 1], 1, 12],
    ]);
  });

  it('puts shards without a column of their own with the others', () => {
    const table = throttleRows(
      historyOf(2, () => [10, 3]),
      2,
      1,
    );
    expect(table.rows[0]?.byShard).toEqual([10]);
    expect(table.rows[0]?.others).toBe(4);
  });

  it('does not call an unknown period a quiet one', () => {
    const history = { ...historyOf(1), writeThrottledRecords: [null] };
    const [row] = throttleRows(history, 3, 4).rows;
    expect(row?.total).toBeNull();
    expect(row?.others).toBeNull();
  });
});

describe('assignSlots', () => {
  const keys = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 12 });

  it('never gives two keys one slot, and lets keys keep theirs', () => {
    fc.assert(
      fc.property(keys, keys, (first, second) => {
        const before = assignSlots(new Map(), first);
        const after = assignSlots(before, second);
        expect(new Set(after.values()).size).toBe(after.size);
        expect(after.size).toBe(Math.min(8, second.length));
        for (const key of second.slice(0, 8)) {
          if (before.has(key)) expect(after.get(key)).toBe(before.get(key));
        }
      }),
    );
  });
});

describe('axisTexts', () => {
  it('writes one unit, at the top', () => {
    expect(axisTexts('bytesPerSecond', [0, 262_144, 524_288, 786_432, 1_048_576])).toEqual([
      '0',
      '0.25',
      '0.5',
      '0.75',
      '1 MiB/s',
    ]);
    expect(axisTexts('recordsPerSecond', [0, 500, 1_000])).toEqual(['0', '500', '1,000 rec/s']);
    expect(axisTexts('records', [0, 20_000])).toEqual(['0', '20 k rec']);
  });

  it('steps in whole parts of binary units', () => {
    expect(axisSteps('bytesPerSecond')).toContain(262_144);
    expect(axisSteps('records').slice(0, 6)).toEqual([1, 2, 5, 10, 20, 50]);
  });
});

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
