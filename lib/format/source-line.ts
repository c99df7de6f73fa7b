import { formatAge } from './age.ts';
import { formatPeriod, type Zone } from './time.ts';

export type FigureSource = {
  readonly periodStartMs: number;
  readonly periodSeconds: number;
  readonly collectedAtMs: number;
};

/**
 * Where figures come from, of when they are and how old: the quiet line at each block.
 * @param nowMs on the clock that `collectedAtMs` was taken from (the database's).
 * @example 'CloudWatch, period 12:04:05–12:04:10 UTC, read 2 s ago'
 */
export function sourceLine(source: FigureSource, nowMs: number, zone?: Zone): string {
  const period = formatPeriod(source.periodStartMs, source.periodSeconds, zone);
  return `CloudWatch, period ${period}, read ${formatAge(nowMs - source.collectedAtMs)} ago`;
}
