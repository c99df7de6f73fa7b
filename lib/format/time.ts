const iso = (ms: number) => new Date(ms).toISOString();

/** @example formatClockUtc(Date.UTC(2026, 10, 23, 12, 4, 5)) // '12:04:05' */
export function formatClockUtc(ms: number): string {
  return iso(ms).slice(11, 19);
}

/** Date and time, for what may lie days back. @example '2026-11-23 12:04:05 UTC' */
export function formatInstantUtc(ms: number): string {
  return `${iso(ms).slice(0, 10)} ${formatClockUtc(ms)} UTC`;
}

/** The same instant on the reader's own clock. Only in the browser: the server's time zone is nobody's. */
export function formatInstantLocal(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  }).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((p) => p.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const time = `${part('hour')}:${part('minute')}:${part('second')}`;
  return `${date} ${time} ${part('timeZoneName')}`;
}

/** A period of figures. @example '12:04:05–12:04:10 UTC' */
export function formatPeriod(startMs: number, seconds: number): string {
  return `${formatClockUtc(startMs)}–${formatClockUtc(startMs + seconds * 1_000)} UTC`;
}
