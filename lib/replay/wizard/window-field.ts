import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import { wallTime, type Zone } from '#lib/format/time.ts';
import { parseWallTime } from '#lib/time/parse-wall-time.ts';

/** A window as it is typed: instants as the wall of the page's zone shows them; empty for where the archive ends. */
export type WindowText = { readonly from: string; readonly to: string };

/** A window has both of its ends within; people write the end that is not. */
export function windowText(window: TimeSpan | null, zone: Zone): WindowText {
  return window === null
    ? { from: '', to: '' }
    : { from: wallTime(window.fromMs, zone), to: wallTime(window.toMs + 1, zone) };
}

export type ReadWindow =
  | { readonly ok: true; readonly window: TimeSpan | null }
  | { readonly ok: false; readonly words: string };

/** @param all what an empty end means; null: nothing is known of the archive's time */
export function readWindow(text: WindowText, zone: Zone, all: TimeSpan | null): ReadWindow {
  if (text.from.trim() === '' && text.to.trim() === '') return { ok: true, window: null };
  const fromMs = readEnd(text.from, zone, all?.fromMs ?? null);
  const toMs = readEnd(text.to, zone, all?.toMs ?? null);
  if (fromMs === null || toMs === null) {
    const which = fromMs === null ? 'From' : 'To';
    return {
      ok: false,
      words: `“${which}” takes a date and a time that there is, as 2026-11-23 17:34.`,
    };
  }
  return fromMs < toMs
    ? { ok: true, window: { fromMs, toMs: toMs - 1 } }
    : { ok: false, words: 'The window ends before it begins.' };
}

function readEnd(text: string, zone: Zone, atEnd: number | null): number | null {
  return text.trim() === '' ? atEnd : parseWallTime(text, zone);
}
