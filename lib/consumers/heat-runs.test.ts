import { expect, test } from 'vitest';
import type { LagColumns } from '#lib/domain/consumers/lag-frame.ts';
import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';
import { foldHeat } from './fold-heat.ts';
import { heatRuns } from './heat-runs.ts';

const point = (atMost: number, status: ConsumerStatus = 'OK'): LagColumns => ({
  shards: Int32Array.of(0),
  statuses: [status],
  atLeast: Float32Array.of(0),
  atMost: Float32Array.of(atMost),
});

test('cells that look the same are one rectangle; gaps are in none', () => {
  const map = foldHeat(
    [
      point(5),
      point(9),
      null,
      point(9),
      point(9, 'STALL'),
      point(Number.NaN, 'UNKNOWN'),
      point(Number.NaN, 'DONE'),
    ],
    () => ({ start: 0, end: 1 }),
    { applicationId: 1, fromMs: 0, periodSeconds: 60 },
  );
  expect(heatRuns(map, 86_400)).toEqual([
    { band: 0, from: 0, to: 2, step: 1, stuck: false },
    { band: 0, from: 3, to: 4, step: 1, stuck: false },
    { band: 0, from: 4, to: 5, step: 1, stuck: true },
    { band: 0, from: 5, to: 6, step: null, stuck: false },
    { band: 0, from: 6, to: 7, step: 0, stuck: false },
  ]);
});
