import {
  formatClock,
  formatDay,
  nameUnless,
  wallTime,
  type Zone,
  zoneName,
} from '#lib/format/time.ts';
import { parseWallTime } from './parse-wall-time.ts';
import { fixedRange, rangeProblem, recentLabel, type TimeRange } from './time-range.ts';

/** What somebody has typed or picked, before it is a range: dates and times as the wall of a zone shows them. */
export type RangeDraft = { readonly from: string; readonly to: string };

export function draftOf(fromMs: number, toMs: number, zone: Zone): RangeDraft {
  return { from: wallTime(fromMs, zone), to: wallTime(toMs, zone) };
}

/** The draft with other days and the same times of day. @param days `2026-11-23`; null where none is picked yet */
export function withDays(
  draft: RangeDraft,
  days: readonly [string | null, string | null],
): RangeDraft {
  const [first, last] = days;
  return {
    from: first === null ? draft.from : `${first} ${clockIn(draft.from) ?? '00:00:00'}`,
    to: last === null ? draft.to : `${last} ${clockIn(draft.to) ?? '23:59:59'}`,
  };
}

/** The days of a draft, for a calendar; null where the text has none. */
export function daysOf(draft: RangeDraft): [string | null, string | null] {
  return [dayIn(draft.from), dayIn(draft.to)];
}

/**
 * The range that a draft means, or why it means none.
 * @param nowMs the database's clock
 */
export function readDraft(
  draft: RangeDraft,
  zone: Zone,
  nowMs: number,
): { readonly range: TimeRange; readonly problem: null } | { readonly problem: string } {
  const fromMs = parseWallTime(draft.from, zone);
  const toMs = parseWallTime(draft.to, zone);
  if (fromMs === null || toMs === null) {
    const which = fromMs === null ? 'From' : 'To';
    return { problem: `“${which}” takes a date and a time that there is, as 2026-11-23 17:34.` };
  }
  const problem = rangeProblem(fromMs, toMs, nowMs);
  return problem === null ? { range: fixedRange(fromMs, toMs), problem } : { problem };
}

/** A range in few words. @example 'Last 15 min' @example '11-23 10:00 – 11:30 UTC' */
export function rangeWords(range: TimeRange, zone: Zone): string {
  if (range.kind === 'recent') return `Last ${recentLabel(range.range)}`;
  const { fromMs, toMs } = range;
  const clock = (ms: number) => formatClock(ms, zone).replace(/:00$/, '');
  const day = (ms: number) => formatDay(ms, zone).slice(5);
  const end = day(fromMs) === day(toMs) ? clock(toMs) : `${day(toMs)} ${clock(toMs)}`;
  return `${day(fromMs)} ${clock(fromMs)}${nameUnless(toMs, fromMs, zone)} – ${end} ${zoneName(zone, toMs)}`;
}

function dayIn(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(text.trim())?.[0] ?? null;
}

function clockIn(text: string): string | null {
  return /\d{2}:\d{2}(?::\d{2})?$/.exec(text.trim())?.[0] ?? null;
}
