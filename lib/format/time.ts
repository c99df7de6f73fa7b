/** An IANA time zone that times are told in, `UTC` or the reader's own. */
export type Zone = string;

/** The zone of a page until its reader chooses another, and of everything that the server says or writes. */
export const UTC: Zone = 'UTC';

const iso = (ms: number) => new Date(ms).toISOString();

/** The time of day. @example formatClock(noon, 'Asia/Kolkata') // '17:34:05' */
export function formatClock(ms: number, zone: Zone = UTC): string {
  return wallTime(ms, zone).slice(11);
}

/** The date. @example '2026-11-23' */
export function formatDay(ms: number, zone: Zone = UTC): string {
  return wallTime(ms, zone).slice(0, 10);
}

/** Date and time with the name of their zone. @example '2026-11-23 17:34:05 GMT+5:30' */
export function formatInstant(ms: number, zone: Zone = UTC): string {
  return `${wallTime(ms, zone)} ${zoneName(zone, ms)}`;
}

/** A period of figures. @example '12:04:05–12:04:10 UTC' */
export function formatPeriod(startMs: number, seconds: number, zone: Zone = UTC): string {
  return `${formatSpan(startMs, seconds, zone)} ${zoneName(zone, startMs)}`;
}

/** A period where the zone is said elsewhere. @example '12:04:05–12:04:10' */
export function formatSpan(startMs: number, seconds: number, zone: Zone = UTC): string {
  return `${formatClock(startMs, zone)}–${formatClock(startMs + seconds * 1_000, zone)}`;
}

/** Date and time as a clock on the wall of the zone shows them. @example '2026-11-23 12:04:05' */
export function wallTime(ms: number, zone: Zone = UTC): string {
  return zone === UTC ? iso(ms).slice(0, 19).replace('T', ' ') : wallClockOf(zone).format(ms);
}

/** How people call the zone at that instant: it changes with summer time. @example 'UTC' @example 'GMT+2' */
export function zoneName(zone: Zone, ms: number): string {
  if (zone === UTC) return UTC;
  const parts = offsetOf(zone).formatToParts(ms);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

// Making a formatter takes a hundred times as long as using it.
const wallClocks = new Map<Zone, Intl.DateTimeFormat>();
const offsets = new Map<Zone, Intl.DateTimeFormat>();

function wallClockOf(zone: Zone): Intl.DateTimeFormat {
  // The one locale of which both sides of the wire write 2026-11-23 12:04:05.
  return kept(
    wallClocks,
    zone,
    () =>
      new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      }),
  );
}

function offsetOf(zone: Zone): Intl.DateTimeFormat {
  return kept(
    offsets,
    zone,
    () => new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' }),
  );
}

function kept<T>(made: Map<Zone, T>, zone: Zone, make: () => T): T {
  const found = made.get(zone) ?? make();
  made.set(zone, found);
  return found;
}
