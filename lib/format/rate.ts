import { MEBIBYTE } from '#lib/domain/limits.ts';
import { formatCount } from './count.ts';
import { type Figure, isKnown, type Quantity, quantityText, UNKNOWN_QUANTITY } from './quantity.ts';
import { formatSignificant } from './significant.ts';

const KIBIBYTE = 1_024;
const GIBIBYTE = 1_024 * MEBIBYTE;

/**
 * Binary units, as Kinesis counts its limits. A unit begins at a tenth of itself above KiB/s, so that the
 * rates of one shard, around a limit of 1 MiB/s, mostly share one unit.
 */
function bytesQuantity(bytesPerSecond: number): Quantity {
  if (bytesPerSecond < KIBIBYTE) return inUnit(bytesPerSecond, 'B/s');
  if (bytesPerSecond < MEBIBYTE / 10) return inUnit(bytesPerSecond / KIBIBYTE, 'KiB/s');
  if (bytesPerSecond < GIBIBYTE) return inUnit(bytesPerSecond / MEBIBYTE, 'MiB/s');
  return inUnit(bytesPerSecond / GIBIBYTE, 'GiB/s');
}

function inUnit(value: number, unit: string): Quantity {
  return { value: formatSignificant(value), unit };
}

/** @example bytesPerSecondQuantity(1_048_576) // { value: '1.00', unit: 'MiB/s' } */
export function bytesPerSecondQuantity(bytesPerSecond: Figure): Quantity {
  return isKnown(bytesPerSecond) ? bytesQuantity(bytesPerSecond) : UNKNOWN_QUANTITY;
}

/** @example formatBytesPerSecond(52_428) // '51.2 KiB/s' */
export function formatBytesPerSecond(bytesPerSecond: Figure): string {
  return quantityText(bytesPerSecondQuantity(bytesPerSecond));
}

/** Records a second; below ten with a decimal, as 5 s periods give fifths. */
export function recordsPerSecondQuantity(recordsPerSecond: Figure): Quantity {
  if (!isKnown(recordsPerSecond)) return UNKNOWN_QUANTITY;
  const value =
    recordsPerSecond === 0 || recordsPerSecond >= 9.95
      ? formatCount(recordsPerSecond)
      : recordsPerSecond < 0.05
        ? '< 0.1'
        : recordsPerSecond.toFixed(1);
  return { value, unit: 'rec/s' };
}

/** @example formatRecordsPerSecond(995.2) // '995 rec/s' */
export function formatRecordsPerSecond(recordsPerSecond: Figure): string {
  return quantityText(recordsPerSecondQuantity(recordsPerSecond));
}
