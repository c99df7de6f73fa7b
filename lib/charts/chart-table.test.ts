import { describe, expect, it } from 'vitest';
import { chartTableHeads, chartTableRow } from './chart-table.ts';
import { shardCharts } from './shard-charts.ts';
import { historyOf } from './testing/history-of.ts';

const history = historyOf(3, (i) => [i === 2 ? 4 : 0, null]);
const charts = shardCharts(history, new Map(), { lengthMs: 60_000, toMs: null }, 24);
const bytes = charts.find(({ key }) => key === 'bytes');
const refused = charts.find(({ key }) => key === 'refused');
if (bytes === undefined || refused === undefined) throw new Error('There are these charts.');

describe('the table behind a chart', () => {
  it('has a column for each line and each limit', () => {
    expect(chartTableHeads(bytes)).toEqual(['…0003', '…0007', 'limit of a shard 1.00 MiB/s']);
  });

  it('has a row for each period, the newest first, and no more', () => {
    expect([0, 1, 2, 3].map((place) => chartTableRow(bytes, place, 'UTC')?.periodStartMs)).toEqual([
      10_000,
      5_000,
      0,
      undefined,
    ]);
  });

  it('says what the chart shows: demand, zeros that are zeros, gaps that are gaps', () => {
    expect(chartTableRow(bytes, 0, 'UTC')?.cells).toEqual([
      '0.97 MiB/s (demand ≥)',
      '0.40 MiB/s',
      '1.00 MiB/s',
    ]);
    const gap = {
      ...refused,
      lines: refused.lines.map((line) => ({ ...line, values: [0, null, 4] })),
    };
    expect(chartTableRow(gap, 2, 'UTC')?.cells[0]).toBe('0');
    expect(chartTableRow(gap, 1, 'UTC')?.cells[0]).toBe('–');
  });
});
