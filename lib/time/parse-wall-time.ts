import { type Zone, zoneOffsetMs } from '#lib/format/time.ts';

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/;

/**
 * The instant at which a clock on the wall of `zone` shows what somebody typed, epoch milliseconds. Of the two that
 * the end of summer time gives, the first.
 *
 * @param text `2026-11-23 17:34`, with or without seconds
 * @returns null where the text is no date and time, or one that summer time skips
 */
export function parseWallTime(text: string, zone: Zone): number | null {
  const fields = PATTERN.exec(text.trim());
  if (fields === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const wanted = new Date(asUtc);
  const isDate = wanted.getUTCMonth() === month - 1 && wanted.getUTCDate() === day && hour < 24;
  if (!isDate || minute > 59 || second > 59) return null;
  // Offsets in force a day before and after are the only candidates: zones do not change twice in two days.
  const candidates = [asUtc - DAY_MS, asUtc + DAY_MS]
    .map((nearMs) => asUtc - zoneOffsetMs(nearMs, zone))
    .filter((ms) => zoneOffsetMs(ms, zone) === asUtc - ms);
  return candidates.length === 0 ? null : Math.min(...candidates);
}

const DAY_MS = 86_400_000;
