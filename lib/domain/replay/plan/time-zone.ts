import type { TimeSpan } from './manifest.ts';

/** What clocks on a wall of one zone show, by the time zone database of the runtime. */
export type TimeZone = {
  /** An instant as the wall's clock shows it, in milliseconds as if the wall were in UTC. */
  toWall(ms: number): number;
  /** Instants at which the wall shows something of `wall`: of an hour that comes twice, both. */
  fromWall(wall: TimeSpan): TimeSpan;
};

/** Zones change their offsets at quarters of an hour, so it is looked up once for each. */
const QUARTER_MS = 900_000;
const OFFSETS_MAX = 10_000;
/** Further than any zone is from UTC, and nearer than any two changes of one. */
const DAY_MS = 86_400_000;

const OFFSET = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

const UTC: TimeZone = { toWall: (ms) => ms, fromWall: (wall) => wall };

const ZONES = new Map<string, TimeZone>();

/** @returns null where there is no zone of this IANA name */
export function timeZoneOf(name: string): TimeZone | null {
  const known = ZONES.get(name);
  if (known !== undefined) return known;
  const zone = name === 'UTC' ? UTC : openZone(name);
  if (zone !== null) ZONES.set(name, zone);
  return zone;
}

function openZone(name: string): TimeZone | null {
  const format = formatOf(name);
  if (format === null) return null;
  const offsets = new Map<number, number>();
  const offsetAt = (ms: number) => {
    const quarter = Math.floor(ms / QUARTER_MS);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    if (offsets.size === OFFSETS_MAX) offsets.clear();
    const offset = readOffset(format, quarter * QUARTER_MS);
    offsets.set(quarter, offset);
    return offset;
  };
  /** In order; the first where the wall never shows it, since the clock was put forward. */
  const instantsOf = (wallMs: number): readonly [number, number] => {
    const near = [offsetAt(wallMs - DAY_MS), offsetAt(wallMs + DAY_MS)];
    const instants = near
      .map((offset) => wallMs - offset)
      .filter((ms) => ms + offsetAt(ms) === wallMs);
    const any = wallMs - (near[0] ?? 0);
    return instants.length === 0 ? [any, any] : [Math.min(...instants), Math.max(...instants)];
  };
  return {
    toWall: (ms) => ms + offsetAt(ms),
    fromWall: ({ fromMs, toMs }) => ({ fromMs: instantsOf(fromMs)[0], toMs: instantsOf(toMs)[1] }),
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    // A RangeError: there is no such zone.
    return null;
  }
}

function readOffset(format: Intl.DateTimeFormat, ms: number): number {
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(name) ?? [];
  const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -offset : offset;
}
