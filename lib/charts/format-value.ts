import { formatCount } from '#lib/format/count.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import type { ChartUnit } from './chart-model.ts';

/** A value of a chart with its unit; `–` for a gap. */
export function formatValue(unit: ChartUnit, value: number | null): string {
  switch (unit) {
    case 'bytesPerSecond':
      return formatBytesPerSecond(value);
    case 'recordsPerSecond':
      return formatRecordsPerSecond(value);
    case 'records':
      return formatCount(value);
  }
}
