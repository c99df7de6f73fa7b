import { describe, expect, it } from 'vitest';
import { shardCharts } from './shard-charts.ts';
import { historyOf } from './testing/history-of.ts';

const slots = new Map([
  ['shardId-000000000003', 0],
  ['shardId-000000000007', 1],
]);
const window = { lengthMs: 900_000, toMs: null };
const chartsOf = (history = historyOf(3), span: Parameters<typeof shardCharts>[2] = window) =>
  new Map(shardCharts(history, slots, span, 24).map((chart) => [chart.key, chart]));

describe('shardCharts', () => {
  it('holds the hottest shards against the limit of one shard', () => {
    const charts = chartsOf();
    const bytes = charts.get('bytes');
    expect(bytes?.lines.map((line) => line.label)).toEqual(['…0003', '…0007']);
    expect(bytes?.limits[0]?.values).toEqual([1_048_576, 1_048_576, 1_048_576]);
    expect(bytes?.yMax).toBeGreaterThan(1_048_576);
    expect(charts.get('records')?.limits[0]?.label).toBe('limit of a shard 1,000 rec/s');
    expect(charts.get('bytesOut')?.limits[0]?.values[0]).toBe(2_097_152);
  });

  it('ends with the newest period, or where a fixed range does', () => {
    expect(chartsOf().get('bytes')).toMatchObject({ fromMs: -885_000, toMs: 15_000 });
    expect(chartsOf(historyOf(3), { lengthMs: 60_000, toMs: 90_000 }).get('age')).toMatchObject({
      fromMs: 30_000,
      toMs: 90_000,
    });
    const partial = { ...historyOf(3), partialSeconds: 2 };
    expect(chartsOf(partial).get('bytes')?.toMs).toBe(12_000);
  });

  it('shows only shards that refused, and all others as one line', () => {
    const refused = chartsOf(historyOf(3, (i) => [i * 10, 0])).get('refused');
    expect(refused?.lines.map((line) => [line.label, line.values])).toEqual([
      ['…0003', [0, 10, 20]],
      ['others', [1, 1, 1]],
    ]);
    expect(new Set(refused?.lines.map((line) => line.slot)).size).toBe(2);
  });

  it('knows what was refused of what came in, and says nothing of the kind of what went out', () => {
    const charts = chartsOf(historyOf(2, () => [10, 0]));
    expect(charts.get('bytes')?.lines[0]?.refused).toEqual([10, 10]);
    expect(charts.get('bytesOut')?.lines[0]?.refused).toBeUndefined();
  });

  it('says retention in words where readers keep up, and draws it where they come near', () => {
    const near = historyOf(2);
    const behind = near.hottest.map((shard) => ({
      ...shard,
      lines: { ...shard.lines, iteratorAgeMs: [1_000, 20 * 3_600_000] },
    }));
    expect(chartsOf(near).get('age')).toMatchObject({ limits: [], limitAbove: 'retention 24 h' });
    const age = chartsOf({ ...near, hottest: behind }).get('age');
    expect(age?.limitAbove).toBeNull();
    expect(age?.limits[0]?.values).toEqual([86_400_000, 86_400_000]);
  });
});
