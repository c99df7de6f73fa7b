import { describe, expect, it } from 'vitest';
import { historyOf } from './testing/history-of.ts';
import { throttleRows } from './throttle-rows.ts';

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
    const known = historyOf(1);
    const history = { ...known, stream: { ...known.stream, writeThrottledRecords: [null] } };
    const [row] = throttleRows(history, 3, 4).rows;
    expect(row?.total).toBeNull();
    expect(row?.others).toBeNull();
  });
});
