import { formatClock, formatDay, type Zone, zoneOffsetMs } from '#lib/format/time.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Steps of a time axis: each divides the next larger part of a clock. */
const STEPS_MS = [
  ...[5, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7].map((days) => days * DAY_MS),
];

/**
 * Where a time axis has its ticks: on whole parts of the clock of `zone`, so that midnight is one where days are
 * shown. Epoch milliseconds, ascending, at most `countMax`.
 */
export function timeTicks(fromMs: number, toMs: number, zone: Zone, countMax: number): number[] {
  const step =
    STEPS_MS.find((ms) => (toMs - fromMs) / ms <= Math.max(1, countMax - 1)) ??
    Math.ceil((toMs - fromMs) / DAY_MS / Math.max(1, countMax - 1)) * DAY_MS;
  const offsetMs = zoneOffsetMs(fromMs, zone);
  const firstMs = Math.ceil((fromMs + offsetMs) / step) * step - offsetMs;
  const ticks: number[] = [];
  for (let ms = firstMs; ms <= toMs + step; ms += step) {
    // Where clocks were changed on the way, whole parts of them lie elsewhere.
    const changedMs = zoneOffsetMs(ms, zone) - offsetMs;
    const tick = changedMs % step === 0 ? ms : ms - changedMs;
    if (tick >= fromMs && tick <= toMs && tick > (ticks.at(-1) ?? Number.NEGATIVE_INFINITY)) {
      ticks.push(tick);
    }
  }
  return ticks.slice(0, Math.max(1, countMax));
}

/** Hours and minutes, with seconds where ticks are closer than that, and the day at midnight. */
export function timeTickTexts(ticks: readonly number[], zone: Zone): string[] {
  const bySeconds = ticks.some((ms) => ms % MINUTE_MS !== 0);
  return ticks.map((ms) => {
    const clock = formatClock(ms, zone);
    if (clock === '00:00:00') return formatDay(ms, zone).slice(5);
    return bySeconds ? clock : clock.slice(0, 5);
  });
}
