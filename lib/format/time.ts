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

/**
 * A period of figures. Where clocks were changed within it, each end has the name that the zone has then.
 * @example '12:04:05–12:04:10 UTC' @example '01:00:00 GMT+1–03:00:00 GMT+2'
 */
export function formatPeriod(startMs: number, seconds: number, zone: Zone = UTC): string {
  const endMs = startMs + seconds * 1_000;
  const start = nameUnless(endMs, startMs, zone);
  return `${formatClock(startMs, zone)}${start}–${formatClock(endMs, zone)} ${zoneName(zone, endMs)}`;
}

/**
 * A period under a head that names the zone as it is called at `headMs`: what is called otherwise says so itself.
 * @example '12:04:05–12:04:10' @example '12:04:05–12:04:10 GMT+1'
 */
export function formatPeriodUnder(
  headMs: number,
  startMs: number,
  seconds: number,
  zone: Zone = UTC,
): string {
  const endMs = startMs + seconds * 1_000;
  const isSaid = [startMs, endMs].every((ms) => zoneName(zone, ms) === zoneName(zone, headMs));
  return isSaid
    ? `${formatClock(startMs, zone)}–${formatClock(endMs, zone)}`
    : formatPeriod(startMs, seconds, zone);
}

/** What the zone is called from one instant to another: two names where clocks were changed between. */
export function zoneNames(zone: Zone, fromMs: number, toMs: number): string {
  const [first, last] = [zoneName(zone, fromMs), zoneName(zone, toMs)];
  return first === last ? first : `${first}, then ${last}`;
}

/** The zone's name at `ms`, after a space; nothing where it is the one at `saidMs`, which is said. */
export function nameUnless(saidMs: number, ms: number, zone: Zone): string {
  const name = zoneName(zone, ms);
  return name === zoneName(zone, saidMs) ? '' : ` ${name}`;
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

/** How far the wall of `zone` is ahead of UTC at that instant, milliseconds. */
export function zoneOffsetMs(ms: number, zone: Zone): number {
  return Date.parse(`${wallTime(ms, zone).replace(' ', 'T')}Z`) - Math.floor(ms / 1_000) * 1_000;
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
