import { describe, expect, it } from 'vitest';
import { createChartCursor } from './chart-cursor.ts';
import { lonelyIndices, plotColumns, plotData, plotSignature } from './plot-data.ts';
import { shardCharts } from './shard-charts.ts';
import { historyOf } from './testing/history-of.ts';

const slots = new Map<string, number>();
const refusals = historyOf(2, (i) => [i, 10]);
const { bytes, throttled } = shardCharts(refusals, slots, 900_000);

describe('plotData', () => {
  it('puts each period at its middle, lines first and limits last', () => {
    const data = plotData(bytes);
    expect(data[0]).toEqual([2.5, 7.5]);
    expect(data).toHaveLength(4);
    expect(data[3]).toEqual([1_048_576, 1_048_576]);
  });

  it('draws the top of a stack first, so that what stands below covers it', () => {
    expect(plotColumns(throttled)).toEqual([2, 1, 0]);
    expect(plotData(throttled).slice(1)).toEqual([
      [11, 12],
      [10, 11],
      [0, 1],
    ]);
  });
});

describe('plotSignature', () => {
  it('changes with the lines, not with their values', () => {
    const later = shardCharts(historyOf(9), slots, 900_000).bytes;
    expect(plotSignature(later)).toBe(plotSignature(bytes));
    const moved = shardCharts(historyOf(9), new Map([['shardId-000000000003', 5]]), 900_000).bytes;
    expect(plotSignature(moved)).not.toBe(plotSignature(bytes));
  });
});

it('finds values that stand alone between gaps', () => {
  expect(lonelyIndices([1, null, 2, 3, null, 4])).toEqual([0, 5]);
});

it('tells those who listen of another period, once', () => {
  const cursor = createChartCursor();
  const seen: (number | null)[] = [];
  const stop = cursor.onChange(() => seen.push(cursor.get()));
  cursor.set(5_000);
  cursor.set(5_000);
  cursor.set(null);
  stop();
  cursor.set(10_000);
  expect(seen).toEqual([5_000, null]);
});
