import { shardIdOf } from '#lib/domain/shard.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import type { ConsumerCell } from './consumer-rows.ts';
import { lagSpanOfSeconds } from './lag-words.ts';
import { STATUS_WORDS } from './status-words.ts';

/** A cell of an application's row as a person reads or hears it. */
export type CellWords = {
  /** The shard, or of how many it is the worst. */
  readonly shard: string;
  readonly status: string;
  readonly lag: string;
  readonly owner: string;
};

/** @param nowMs the database's clock */
export function cellWords(cell: ConsumerCell, shardCount: number, nowMs: number): CellWords {
  if (cell.status === null || cell.shard === null) {
    return {
      shard: countOf(shardCount, 'shard'),
      status: 'No lease',
      lag: 'lag unknown',
      owner: 'owned by nobody',
    };
  }
  const id = shardIdOf(cell.shard);
  const asOf = cell.asOfMs === null ? '' : `, as of ${formatAge(nowMs - cell.asOfMs)} ago`;
  return {
    shard: shardCount > 1 ? `${id}, the worst of ${countOf(shardCount, 'shard')}` : id,
    status: STATUS_WORDS[cell.status],
    lag:
      cell.status === 'DONE'
        ? 'worked off'
        : lagSpanOfSeconds(cell.atLeastSeconds, cell.atMostSeconds) + asOf,
    owner: cell.owner === null ? 'owned by nobody' : `owned by ${cell.owner}`,
  };
}
