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
function bytesQuantity(bytes: number, suffix: '' | '/s'): Quantity {
  if (bytes === 0) return { value: '0', unit: `B${suffix}` };
  if (bytes < KIBIBYTE) return { value: formatSignificant(bytes), unit: `B${suffix}` };
  if (bytes < MEBIBYTE / 10) {
    return { value: formatSignificant(bytes / KIBIBYTE), unit: `KiB${suffix}` };
  }
  if (bytes < GIBIBYTE) {
    return { value: formatSignificant(bytes / MEBIBYTE), unit: `MiB${suffix}` };
  }
  return { value: formatSignificant(bytes / GIBIBYTE), unit: `GiB${suffix}` };
}

/** @example bytesPerSecondQuantity(1_048_576) // { value: '1.00', unit: 'MiB/s' } */
export function bytesPerSecondQuantity(bytesPerSecond: Figure): Quantity {
  return isKnown(bytesPerSecond) ? bytesQuantity(bytesPerSecond, '/s') : UNKNOWN_QUANTITY;
}

/** @example formatBytesPerSecond(52_428) // '51.2 KiB/s' */
export function formatBytesPerSecond(bytesPerSecond: Figure): string {
  return quantityText(bytesPerSecondQuantity(bytesPerSecond));
}

/** @example formatBytes(1_572_864) // '1.50 MiB' */
export function formatBytes(bytes: Figure): string {
  return quantityText(isKnown(bytes) ? bytesQuantity(bytes, '') : UNKNOWN_QUANTITY);
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
