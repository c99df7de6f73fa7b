import { type Figure, isKnown, UNKNOWN } from './quantity.ts';
import { formatSignificant } from './significant.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** An amount of data. @example formatBytes(1_572_864) // '1.50 MiB' @example formatBytes(12) // '12 B' */
export function formatBytes(bytes: Figure): string {
  if (!isKnown(bytes)) return UNKNOWN;
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return `${unit === 0 ? String(Math.round(value)) : formatSignificant(value)} ${UNITS[unit]}`;
}
