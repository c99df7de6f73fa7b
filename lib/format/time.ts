const iso = (ms: number) => new Date(ms).toISOString();

/** @example formatClockUtc(Date.UTC(2026, 10, 23, 12, 4, 5)) // '12:04:05' */
export function formatClockUtc(ms: number): string {
  return iso(ms).slice(11, 19);
}

/** Date and time, for what may lie days back. @example '2026-11-23 12:04:05 UTC' */
export function formatInstantUtc(ms: number): string {
  return `${iso(ms).slice(0, 10)} ${formatClockUtc(ms)} UTC`;
}

/**
 * An instant in UTC, and on the reader's own clock where that is another one.
 * @param timeZone of the reader; null where it is not known, as on the server
 * @example formatInstant(noon, 'Asia/Kolkata') // '2026-11-23 12:04:05 UTC (17:34:05 GMT+5:30)'
 */
export function formatInstant(ms: number, timeZone: string | null): string {
  const utc = formatInstantUtc(ms);
  if (timeZone === null || timeZone === 'UTC') return utc;
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  });
  return `${utc} (${local.format(ms)})`;
}

/** A period of figures. @example '12:04:05–12:04:10 UTC' */
export function formatPeriod(startMs: number, seconds: number): string {
  return `${formatClockUtc(startMs)}–${formatClockUtc(startMs + seconds * 1_000)} UTC`;
}
