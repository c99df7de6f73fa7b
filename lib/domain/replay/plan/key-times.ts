import type { TimeSpan } from './manifest.ts';
import type { TimeZone } from './time-zone.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Firehose ends a name in the instant of its oldest record and an id: `Name-Version-YYYY-MM-DD-HH-mm-ss-uuid`. */
const INSTANT = /-(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)-[0-9a-fA-F-]{36}[^/]*$/;

/** Folders by hour or day: `2026/11/23/05/`, `year=2026/month=11/day=23/`, `dt=2026-11-23/hour=05/`. */
const FOLDERS =
  /(?:^|\/)(?:\w+=)?(\d{4})[/-](?:\w+=)?(\d\d)[/-](?:\w+=)?(\d\d)(?:[/T-](?:\w+=)?(\d\d))?\//;

/**
 * When the oldest record of an object arrived, as far as its key tells: a second, an hour or a day. Null where it tells
 * nothing. What came after lies within one buffer interval of whoever wrote it.
 * @param zone that the keys were written in; Firehose writes UTC unless told otherwise
 */
export function keyTimes(key: string, zone: TimeZone): TimeSpan | null {
  const instant = INSTANT.exec(key);
  if (instant !== null) return spanAt(instant.slice(1), 1_000, zone);
  const folders = FOLDERS.exec(key);
  if (folders === null) return null;
  return spanAt(folders.slice(1), folders[4] === undefined ? DAY_MS : HOUR_MS, zone);
}

/** Null where the digits are no time: 2026/02/31 is somebody's number. */
function spanAt(
  digits: readonly (string | undefined)[],
  lengthMs: number,
  zone: TimeZone,
): TimeSpan | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits.map((part) =>
    Number(part ?? 0),
  );
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const written = [year, month, day, hour, minute, second].map((part) =>
    `${part}`.padStart(2, '0'),
  );
  const [y, mo, d, h, mi, s] = written;
  if (!new Date(ms).toISOString().startsWith(`${y}-${mo}-${d}T${h}:${mi}:${s}`)) return null;
  return zone.fromWall({ fromMs: ms, toMs: ms + lengthMs - 1 });
}
