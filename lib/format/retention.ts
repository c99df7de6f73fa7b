import { countOf, formatCount } from './count.ts';

const HOURS_PER_DAY = 24;

/** A retention period, in days where it is whole days. @example formatRetention(168) // '7 days' */
export function formatRetention(hours: number): string {
  return hours % HOURS_PER_DAY === 0 && hours > HOURS_PER_DAY
    ? countOf(hours / HOURS_PER_DAY, 'day')
    : `${formatCount(hours)} h`;
}
