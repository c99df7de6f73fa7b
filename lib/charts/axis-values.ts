import { MEBIBYTE } from '#lib/domain/limits.ts';
import type { ChartUnit } from './chart-model.ts';

const KIBIBYTE = 1_024;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 });

/** Steps that a y axis may take: halves of binary units for bytes, parts of clocks for spans, 1-2-5 for the rest. */
export function axisSteps(unit: ChartUnit): number[] {
  switch (unit) {
    case 'bytesPerSecond':
      return Array.from({ length: 41 }, (_, i) => 2 ** i);
    case 'milliseconds':
      return [
        ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
        ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
        ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
        ...[1, 2, 3, 6, 12, 24, 48, 96, 192, 384].map((hours) => hours * HOUR_MS),
      ];
    case 'share':
      return [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];
    default:
      return Array.from(
        { length: 28 },
        (_, i) => ([1, 2, 5][i % 3] ?? 1) * 10 ** Math.floor(i / 3),
      );
  }
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
  switch (unit) {
    case 'bytesPerSecond':
      if (top >= MEBIBYTE / 2) return { divisor: MEBIBYTE, name: 'MiB/s' };
      if (top >= KIBIBYTE / 2) return { divisor: KIBIBYTE, name: 'KiB/s' };
      return { divisor: 1, name: 'B/s' };
    case 'milliseconds':
      if (top >= HOUR_MS) return { divisor: HOUR_MS, name: 'h' };
      if (top >= MINUTE_MS) return { divisor: MINUTE_MS, name: 'min' };
      return top >= SECOND_MS ? { divisor: SECOND_MS, name: 's' } : { divisor: 1, name: 'ms' };
    case 'share':
      return { divisor: 0.01, name: '%' };
    default: {
      const divisor = top >= 20_000 ? 1_000 : 1;
      return { divisor, name: `${divisor === 1 ? '' : 'k '}${COUNT_NAMES[unit]}` };
    }
  }
}

const COUNT_NAMES = {
  recordsPerSecond: 'rec/s',
  records: 'rec',
  calls: 'calls',
  shards: 'shards',
} as const;
