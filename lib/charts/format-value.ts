import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { isKnown, UNKNOWN } from '#lib/format/quantity.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { formatSignificant } from '#lib/format/significant.ts';
import type { ChartUnit } from './chart-model.ts';

/** A value of a chart with its unit; `–` for a gap. */
export function formatValue(unit: ChartUnit, value: number | null): string {
  if (!isKnown(value)) return UNKNOWN;
  switch (unit) {
    case 'bytesPerSecond':
      return formatBytesPerSecond(value);
    case 'recordsPerSecond':
      return formatRecordsPerSecond(value);
    case 'records':
      return formatCount(value);
    case 'calls':
      return countOf(value, 'call');
    case 'milliseconds':
      return formatMilliseconds(value);
    case 'share':
      return formatPercentExactly(value);
    case 'shards':
      return Number.isInteger(value) ? countOf(value, 'shard') : `${value.toFixed(1)} shards`;
  }
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Milliseconds, seconds with their parts, and from a minute on as ages are told. */
function formatMilliseconds(ms: number): string {
  if (ms < SECOND_MS) return `${ms === 0 ? '0' : formatSignificant(ms)} ms`;
  return ms < MINUTE_MS ? `${formatSignificant(ms / SECOND_MS)} s` : formatAge(ms);
}

/** Percent that says 100 only where nothing failed, and 0 only where all did. */
function formatPercentExactly(share: number): string {
  const percent = share * 100;
  if (percent === 100 || percent === 0) return `${percent} %`;
  if (percent > 99.99) return '> 99.99 %';
  if (percent < 0.01) return '< 0.01 %';
  return `${Number(percent.toFixed(2))} %`;
}
