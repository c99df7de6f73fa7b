import { formatCount } from '#lib/format/count.ts';
import type { QuarantineRow } from './view/quarantine.ts';

/**
 * Where it lies within its object.
 * @example 'record 12, bytes 3,400 to 3,921' @example 'records 12 to 40' @example 'record 3, its part 2 of the aggregate, bytes 0 to 91'
 */
export function quarantinePlace(
  row: Pick<QuarantineRow, 'first' | 'last' | 'start' | 'end' | 'sub'>,
): string {
  const { first, last, start, end, sub } = row;
  // People count from 1; places in an object are from 0.
  const unit = (ordinal: number) => formatCount(ordinal + 1);
  const units =
    first === last ? `record ${unit(first)}` : `records ${unit(first)} to ${unit(last)}`;
  const part = sub === null ? '' : `, its part ${unit(sub)} of the aggregate`;
  const bytes =
    start === null || end === null || end <= start
      ? ''
      : `, bytes ${formatCount(start)} to ${formatCount(end - 1)} once decompressed`;
  return `${units}${part}${bytes}`;
}
