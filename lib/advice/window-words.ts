import {
  formatDay,
  formatInstant,
  formatPeriod,
  nameUnless,
  wallTime,
  type Zone,
} from '#lib/format/time.ts';

/** Of when the figures of a finding are. @example '09:00:00–10:00:00 UTC' @example '2026-11-22 … – 2026-11-23 … UTC' */
export function windowWords(fromMs: number, toMs: number, zone: Zone): string {
  return formatDay(fromMs, zone) === formatDay(toMs, zone)
    ? formatPeriod(fromMs, (toMs - fromMs) / 1000, zone)
    : `${wallTime(fromMs, zone)}${nameUnless(toMs, fromMs, zone)} – ${formatInstant(toMs, zone)}`;
}
