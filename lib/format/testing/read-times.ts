const DAY_MS = 86_400_000;
const TOKEN =
  /(?<date>\d{4}-\d{2}-\d{2} )?(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?|(?<zone>UTC|GMT(?:(?<sign>[+-])(?<zoneHour>\d{1,2})(?::(?<zoneMinute>\d{2}))?)?)/g;

type Told = { readonly wallMs: number; readonly dated: boolean };

/**
 * The times that a text tells, each by the zone that is named after it: epoch milliseconds where it has a date, else
 * the time of the UTC day, milliseconds.
 * @param headZone what the zone is called by a head above the text, for times after which none is named
 * @throws where a time has no zone
 */
export function readTimes(text: string, headZone?: string): readonly number[] {
  const times: number[] = [];
  let waiting: Told[] = [];
  const settle = (offsetMs: number) => {
    for (const { wallMs, dated } of waiting) {
      const ms = wallMs - offsetMs;
      times.push(dated ? ms : ((ms % DAY_MS) + DAY_MS) % DAY_MS);
    }
    waiting = [];
  };
  for (const { groups } of text.matchAll(TOKEN)) {
    if (groups === undefined) continue;
    const { date, hour, minute, second, zone } = groups;
    if (zone === undefined) {
      const clockMs = (Number(hour) * 3_600 + Number(minute) * 60 + Number(second ?? 0)) * 1_000;
      const dayMs = date === undefined ? 0 : Date.parse(`${date.trim()}T00:00:00Z`);
      waiting.push({ wallMs: dayMs + clockMs, dated: date !== undefined });
    } else {
      settle(offsetOf(groups));
    }
  }
  if (waiting.length > 0 && headZone === undefined) {
    throw new Error(`No zone is named after the last time of “${text}”.`);
  }
  const [head] = [...(headZone ?? '').matchAll(TOKEN)];
  settle(offsetOf(head?.groups ?? {}));
  return times;
}

function offsetOf(groups: Readonly<Record<string, string | undefined>>): number {
  const minutes = Number(groups['zoneHour'] ?? 0) * 60 + Number(groups['zoneMinute'] ?? 0);
  return (groups['sign'] === '-' ? -minutes : minutes) * 60_000;
}
