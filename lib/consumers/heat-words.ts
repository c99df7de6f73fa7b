import { shardIdOf } from '#lib/domain/shard.ts';
import { formatPeriod, type Zone } from '#lib/format/time.ts';
import type { HeatCell } from './heat-map.ts';
import { lagSpanOfSeconds } from './lag-words.ts';
import { STATUS_WORDS } from './status-words.ts';

/** A cell of a heat map as a person reads or hears it. */
export type HeatWords = {
  readonly shardId: string | null;
  readonly period: string;
  readonly status: string;
  /** @example '12–15 s behind' @example 'lag unknown' */
  readonly lag: string;
};

export function heatWords(cell: HeatCell, periodSeconds: number, zone: Zone): HeatWords {
  const period = formatPeriod(cell.periodStartMs, periodSeconds, zone);
  if (cell.status === null || cell.shard === null) {
    return { shardId: null, period, status: 'Nothing recorded', lag: 'lag unknown' };
  }
  return {
    shardId: shardIdOf(cell.shard),
    period,
    status: STATUS_WORDS[cell.status],
    lag:
      cell.status === 'DONE'
        ? 'worked off'
        : lagSpanOfSeconds(cell.atLeastSeconds, cell.atMostSeconds),
  };
}
