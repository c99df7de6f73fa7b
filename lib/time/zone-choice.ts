import { UTC, type Zone } from '#lib/format/time.ts';

/** What a reader chose to be told times in, and the zone that means. Kept in a cookie, so that the first HTML obeys. */
export type ZoneChoice = { readonly choice: 'utc' | 'local'; readonly zone: Zone };

export const ZONE_COOKIE = 'kinetoscope-zone';

const IN_UTC: ZoneChoice = { choice: 'utc', zone: UTC };

/** @example writeZoneChoice({ choice: 'local', zone: 'Europe/Berlin' }) // 'Europe/Berlin' */
export function writeZoneChoice({ choice, zone }: ZoneChoice): string {
  return choice === 'utc' ? 'utc' : zone;
}

/** @param text of the cookie: it comes from outside, and may be anything. @returns UTC where it is no zone */
export function readZoneChoice(text: string | undefined): ZoneChoice {
  if (text === undefined || text === 'utc') return IN_UTC;
  try {
    return {
      choice: 'local',
      zone: new Intl.DateTimeFormat('en-GB', { timeZone: text }).resolvedOptions().timeZone,
    };
  } catch {
    // A RangeError says that there is no such zone here: then it cannot be told times in.
    return IN_UTC;
  }
}
