import { healthNow } from '#lib/streams/judge-row.ts';
import { type JudgedRow, orderRows } from '#lib/streams/row-order.ts';
import { type AdvisedReshard, advisedReshards } from './advised-reshards.ts';
import type { Words } from './finding-words.ts';
import { worstOfRow } from './row-advice.ts';

/** A stream that needs somebody, with what to do. */
export type StreamInNeed = {
  readonly row: JudgedRow['row'];
  readonly words: Words;
  /** The plans that would help; none where no reshard does. */
  readonly reshards: readonly AdvisedReshard[];
};

/** The streams that need somebody most, the worst first, by their newest periods. */
export function streamsInNeed(
  rows: readonly JudgedRow[],
  countMax: number,
): readonly StreamInNeed[] {
  const inNeed: StreamInNeed[] = [];
  for (const { row, fresh } of orderRows(rows, 'health', 'desc')) {
    if (inNeed.length === countMax) break;
    const health = healthNow(row, fresh);
    // In this order whoever is well stands behind.
    if (health.level === 'ok') break;
    const advice = worstOfRow(row, health);
    if (advice === null) continue;
    const { words, finding } = advice;
    inNeed.push({ row, words, reshards: finding === null ? [] : advisedReshards(finding) });
  }
  return inNeed;
}
