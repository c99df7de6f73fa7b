import { STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import { type HeatMap, NO_STATUS } from './heat-map.ts';
import { type LagStep, stepOfLag } from './lag-step.ts';
import { isStuck } from './status-level.ts';

/**
 * Cells of one row side by side that look the same. `step` null: a status is known, and no lag. Columns: `from` is the
 * first, `to` the one after the last.
 */
export type HeatRun = {
  readonly band: number;
  readonly from: number;
  readonly to: number;
  readonly step: LagStep | null;
  /** Hatched: its lease goes nowhere. */
  readonly stuck: boolean;
};

const STUCK = STATUSES_WORST_FIRST.map(isStuck);
const DONE = STATUSES_WORST_FIRST.indexOf('DONE');

/** What a canvas fills, in few rectangles; cells of which nothing is recorded are in none. */
export function heatRuns(map: HeatMap, retentionSeconds: number): readonly HeatRun[] {
  const runs: HeatRun[] = [];
  for (let band = 0; band < map.bands.length; band += 1) {
    let from = 0;
    let before = lookOf(map, band, 0, retentionSeconds);
    for (let column = 1; column <= map.columns; column += 1) {
      const look = lookOf(map, band, column, retentionSeconds);
      if (look?.step === before?.step && look?.stuck === before?.stuck) continue;
      if (before !== null) runs.push({ band, from, to: column, ...before });
      from = column;
      before = look;
    }
  }
  return runs;
}

/** null: nothing is recorded there, or it is beyond the side. */
function lookOf(
  map: HeatMap,
  band: number,
  column: number,
  retentionSeconds: number,
): Pick<HeatRun, 'step' | 'stuck'> | null {
  if (column >= map.columns) return null;
  const i = band * map.columns + column;
  const status = map.status[i] ?? NO_STATUS;
  if (status === NO_STATUS) return null;
  return {
    step: status === DONE ? 0 : stepOfLag(map.atMost[i] ?? Number.NaN, retentionSeconds),
    stuck: STUCK[status] ?? false,
  };
}
