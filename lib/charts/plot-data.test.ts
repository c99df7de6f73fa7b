import { describe, expect, it } from 'vitest';
import { createChartCursor } from './chart-cursor.ts';
import { lonelyIndices, plotColumns, plotData, plotSignature } from './plot-data.ts';
import { shardCharts } from './shard-charts.ts';
import type { StreamHistory } from './stream-history.ts';
import { historyOf } from './testing/history-of.ts';

const slots = new Map<string, number>();
const window = { lengthMs: 900_000, toMs: null };

function chartOf(key: string, history: StreamHistory, slotOf: ReadonlyMap<string, number> = slots) {
  const model = shardCharts(history, slotOf, window, 24).find((chart) => chart.key === key);
  if (model === undefined) throw new Error(`There is no chart ${key}.`);
  return model;
}

const refusals = historyOf(2, (i) => [i, 10]);
const bytes = chartOf('bytes', refusals);
const throttled = chartOf('refused', refusals);

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

describe('a period that is not over', () => {
  const partial = { ...refusals, partialSeconds: 2 };

  it('stands in the middle of what has passed of it', () => {
    expect(plotData(chartOf('bytes', partial))[0]).toEqual([2.5, 6]);
  });

  it('is left out of solid lines, and kept in columns', () => {
    expect(plotData(chartOf('bytes', partial))[1]?.at(-1)).toBeNull();
    expect(plotData(chartOf('refused', partial))[1]?.at(-1)).toBe(12);
  });
});

describe('plotSignature', () => {
  it('changes with the lines, not with their values', () => {
    const later = chartOf('bytes', historyOf(9));
    expect(plotSignature(later)).toBe(plotSignature(bytes));
    const moved = chartOf('bytes', historyOf(9), new Map([['shardId-000000000003', 5]]));
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
