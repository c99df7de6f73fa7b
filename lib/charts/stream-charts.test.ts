import { describe, expect, it } from 'vitest';
import { streamCharts } from './stream-charts.ts';
import type { StreamHistory, StreamLines } from './stream-history.ts';
import { historyOf } from './testing/history-of.ts';

const window = { lengthMs: 900_000, toMs: null };
const chartsOf = (lines: Partial<StreamLines>) => {
  const history = historyOf(3);
  const given: StreamHistory = { ...history, stream: { ...history.stream, ...lines } };
  return new Map(streamCharts(given, window, 24).map((chart) => [chart.key, chart]));
};

describe('streamCharts', () => {
  it('lets the limit follow the number of open shards', () => {
    const bytes = chartsOf({ openShardCount: [4, null, 8] }).get('bytes');
    expect(bytes?.limits[0]?.values).toEqual([4 * 1_048_576, null, 8 * 1_048_576]);
    expect(bytes?.limits[1]?.values).toEqual([8 * 1_048_576, null, 16 * 1_048_576]);
  });

  it('has no line for what nobody measured', () => {
    const charts = chartsOf({
      putRecordLatencyMs: [null, null, null],
      putRecordsLatencyMs: [12, null, 15],
      getRecordsLatencyMs: [null, null, null],
      putRecordsSuccess: [null, null, null],
      putRecordSuccess: [null, null, null],
      getRecordsSuccess: [null, null, null],
    });
    expect(charts.get('latency')?.lines.map((line) => line.label)).toEqual(['PutRecords']);
    expect(charts.get('success')?.lines).toEqual([]);
  });

  it('shows shares up to 100 %, from where they begin to tell something', () => {
    const shares = (lowest: number) =>
      chartsOf({
        putRecordsSuccess: [1, lowest, 1],
        putRecordSuccess: [1, 1, 1],
        getRecordsSuccess: [1, 1, 1],
      }).get('success');
    expect(shares(1)).toMatchObject({ yMin: 0.99, yMax: 1 });
    expect(shares(0.97)?.yMin).toBe(0.95);
    expect(shares(0.6)?.yMin).toBe(0.5);
    expect(shares(0)?.yMin).toBe(0);
  });

  it('never puts records and calls into one column', () => {
    const charts = chartsOf({});
    expect(charts.get('refused')).toMatchObject({ unit: 'records' });
    expect(charts.get('readsRefused')).toMatchObject({ unit: 'calls' });
  });
});
