import { MEBIBYTE } from '#lib/domain/limits.ts';
import type { ChartUnit } from './chart-model.ts';

const KIBIBYTE = 1_024;
const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 });

/** Steps that a y axis may take: halves of binary units for bytes, 1-2-5 for counts. */
export function axisSteps(unit: ChartUnit): number[] {
  return unit === 'bytesPerSecond'
    ? Array.from({ length: 41 }, (_, i) => 2 ** i)
    : Array.from({ length: 28 }, (_, i) => ([1, 2, 5][i % 3] ?? 1) * 10 ** Math.floor(i / 3));
}

/**
 * Texts at the ticks of a y axis, all in one unit so that they compare: the unit stands at the topmost only.
 * @param ticks ascending
 */
export function axisTexts(unit: ChartUnit, ticks: readonly number[]): string[] {
  const top = ticks.at(-1) ?? 0;
  const { divisor, name } = scale(unit, top);
  return ticks.map((tick) => {
    const text = grouped.format(tick / divisor);
    return tick === top && name !== '' ? `${text} ${name}` : text;
  });
}

function scale(unit: ChartUnit, top: number): { divisor: number; name: string } {
  if (unit === 'bytesPerSecond') {
    if (top >= MEBIBYTE / 2) return { divisor: MEBIBYTE, name: 'MiB/s' };
    if (top >= KIBIBYTE / 2) return { divisor: KIBIBYTE, name: 'KiB/s' };
    return { divisor: 1, name: 'B/s' };
  }
  const divisor = top >= 20_000 ? 1_000 : 1;
  const thousands = divisor === 1_000 ? 'k ' : '';
  return { divisor, name: `${thousands}${unit === 'recordsPerSecond' ? 'rec/s' : 'rec'}` };
}
