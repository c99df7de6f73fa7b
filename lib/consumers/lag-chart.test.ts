import { expect, test } from 'vitest';
import { lagChart } from './lag-chart.ts';
import { packLagHistory, unpackLagHistory } from './lag-history.ts';

const HISTORY = {
  applicationId: 7,
  periodSeconds: 60,
  periodStartMs: [60_000, 120_000, 180_000],
  atLeastSeconds: [1, null, 90],
  atMostSeconds: [4, null, 99],
};
const SPAN = { fromMs: 60_000, toMs: 240_000 };

test('a history goes over the wire and back, with its gaps', () => {
  const view = JSON.parse(JSON.stringify(packLagHistory(HISTORY)));
  expect(unpackLagHistory(view)).toEqual(HISTORY);
});

test('the chart fills what lies between both bounds, and a gap is a gap', () => {
  const chart = lagChart(HISTORY, SPAN, 24);
  expect(chart).toMatchObject({ ...SPAN, unit: 'milliseconds', fillsBetween: true });
  expect(chart.lines.map(({ key, values }) => [key, values])).toEqual([
    ['atMost', [4_000, null, 99_000]],
    ['atLeast', [1_000, null, 90_000]],
  ]);
  expect(chart.limitAbove).toBe('retention 24 h');
});

test('retention is a line where lag comes near it', () => {
  const late = { ...HISTORY, atMostSeconds: [4, null, 80_000] };
  const chart = lagChart(late, SPAN, 24);
  expect(chart.limits.map(({ label }) => label)).toEqual(['retention 24 h']);
});

test('of what nothing is known there is no line', () => {
  const none = { ...HISTORY, atLeastSeconds: [null], atMostSeconds: [null], periodStartMs: [0] };
  expect(lagChart(none, SPAN, 24).lines).toEqual([]);
});
