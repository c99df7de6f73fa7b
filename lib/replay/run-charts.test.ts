import { describe, expect, test } from 'vitest';
import { runCharts } from './run-charts.ts';
import type { ReplayTickView } from './view/course.ts';

const T0 = Date.UTC(2026, 0, 1);

function tick(seconds: number, emitted: number, more: Partial<ReplayTickView> = {}) {
  return {
    atMs: T0 + seconds * 1_000,
    emitted,
    emittedBytes: emitted * 100,
    throttled: 0,
    settled: emitted,
    storedBytesDone: 0,
    archiveMs: null,
    capBytesPerSecond: 50_000,
    liveBytesPerSecond: 2_000,
    ...more,
  };
}
const linesOf = (ticks: readonly ReplayTickView[]) =>
  Object.fromEntries(
    runCharts(ticks).flatMap(({ key, lines }) =>
      lines.map((line) => [`${key} ${line.key}`, line.values] as const),
    ),
  );

describe('runCharts', () => {
  test('counters become rates, whatever the distance of ticks', () => {
    const ticks = [tick(0, 0), tick(2, 200), tick(5, 500), tick(11, 1_100), tick(15, 1_500)];
    const lines = linesOf(ticks);
    for (const rate of lines['replay-records sent'] ?? []) expect(rate).toBeCloseTo(100);
    expect(lines['replay-records sent']).toHaveLength(3);
    expect(lines['replay-bytes sent']?.[0]).toBeCloseTo(10_000);
    expect(lines['replay-bytes live']).toEqual([2_000, 2_000, 2_000]);
  });

  test('what was sent is neither lost nor counted twice where ticks lie across periods', () => {
    const ticks = [tick(0, 0), tick(3, 30), tick(7, 430), tick(9, 431), tick(15, 900)];
    const [model] = runCharts(ticks).slice(1);
    const sum = model?.lines[0]?.values.reduce<number>((all, rate) => all + (rate ?? 0) * 5, 0);
    expect(sum).toBeCloseTo(900);
  });

  test('a pause is a gap, not a rate of 0', () => {
    const ticks = [tick(0, 0), tick(5, 500), tick(65, 500), tick(70, 1_000)];
    const sent = linesOf(ticks)['replay-records sent'] ?? [];
    expect(sent[0]).toBeCloseTo(100);
    expect(sent.slice(1, 13)).toEqual(Array(12).fill(null));
    expect(sent[13]).toBeCloseTo(100);
  });

  test('what is unknown stays unknown', () => {
    const unknown = { liveBytesPerSecond: null, capBytesPerSecond: null };
    const [model] = runCharts([tick(0, 0, unknown), tick(5, 500, unknown)]);
    expect(model?.lines[1]?.values).toEqual([null]);
    expect([model?.limits, model?.limitAbove]).toEqual([[], null]);
  });

  test('a cap far above is said, and one in reach is drawn', () => {
    const far = runCharts([tick(0, 0), tick(5, 5)])[0];
    expect(far?.limits).toEqual([]);
    expect(far?.limitAbove).toBe('cap 48.8 KiB/s');
    const near = runCharts([tick(0, 0), tick(5, 2_000)])[0];
    expect(near?.limits.map(({ values }) => values)).toEqual([[50_000]]);
  });

  test('of a long replay there are at most 240 periods', () => {
    const ticks = Array.from({ length: 1_000 }, (_, i) => tick(i * 600, i * 600));
    const sent = linesOf(ticks)['replay-records sent'] ?? [];
    expect(sent.length).toBeLessThanOrEqual(240);
    for (const rate of sent) expect(rate).toBeCloseTo(1);
  });

  test('the last period says how much of it there is', () => {
    expect(runCharts([tick(0, 0), tick(8, 8)])[0]).toMatchObject({ partialSeconds: 3 });
    expect(runCharts([tick(0, 0), tick(10, 8)])[0]).toMatchObject({ partialSeconds: null });
  });

  test('without ticks there is nothing to draw', () => {
    for (const ticks of [[], [tick(0, 0)]]) {
      for (const model of runCharts(ticks)) expect(model.periodStartMs).toEqual([]);
    }
  });
});
