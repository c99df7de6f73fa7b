import type { TimeSpan } from './manifest.ts';
import type { TimeZone } from './time-zone.ts';

/**
 * Folders of time right behind an archive's prefix, each within the one before: years, months, days, and hours where
 * there are any. What stands before the digits of each: nothing in `2026/11/23/05/`, else as in `year=2026/month=11/`.
 */
export type FolderLayout = { readonly labels: readonly string[] };

const YEAR_DEPTH = 0;
const DEPTH_MAX = 4;
const HOUR_MS = 3_600_000;

const FOLDER = /^(\w*=)?(\d+)\/$/;

/**
 * What stands before the digits in all of these folders.
 * @param names as listed, each with its slash @param depth 0 for years, 1 for months...
 * @returns null where one of them is no folder of that part of a time, or there are none
 */
export function folderLabel(names: readonly string[], depth: number): string | null {
  const labels = new Set(
    names.map((name) => {
      const [, label = '', digits = ''] = FOLDER.exec(name) ?? [];
      return isPart(digits, depth) ? label : null;
    }),
  );
  const [label = null] = labels;
  return labels.size === 1 ? label : null;
}

function isPart(digits: string, depth: number): boolean {
  if (digits.length !== (depth === YEAR_DEPTH ? 4 : 2)) return false;
  const value = Number(digits);
  const [min, max] = [
    [1_970, 9_999],
    [1, 12],
    [1, 31],
    [0, 23],
  ][depth] ?? [1, 0];
  return value >= (min ?? 1) && value <= (max ?? 0);
}

/** What the wall shows while things come into a folder. @param folder within the prefix @returns null where it is none */
export function folderWall(folder: string, { labels }: FolderLayout): TimeSpan | null {
  const parts = folder.split('/').slice(0, -1);
  if (parts.length === 0 || parts.length > labels.length) return null;
  const digits = parts.map((part, depth) => part.slice(labels[depth]?.length ?? 0));
  if (digits.some((part, depth) => !isPart(part, depth))) return null;
  const [year = 0, month = 1, day = 1, hour = 0] = digits.map(Number);
  const fields = [year, month - 1, day, hour] as const;
  const next = fields.map((field, depth) => (depth === parts.length - 1 ? field + 1 : field));
  const [toYear = 0, toMonth = 0, toDay = 1, toHour = 0] = next;
  return { fromMs: Date.UTC(...fields), toMs: Date.UTC(toYear, toMonth, toDay, toHour) - 1 };
}

/**
 * The part of a listing by key that can hold objects of a window: what comes after `startAfter` and before `stopAt`.
 * True of a prefix behind which there is nothing but such folders.
 */
export function listingBounds(
  prefix: string,
  layout: FolderLayout,
  window: TimeSpan,
  paddingMs: number,
  zone: TimeZone,
): { readonly startAfter: string; readonly stopAt: string } {
  const folderOf = (ms: number) => {
    const digits = new Date(zone.toWall(ms)).toISOString().split(/[-T:]/).slice(0, DEPTH_MAX);
    return prefix + layout.labels.map((label, depth) => label + (digits[depth] ?? '')).join('/');
  };
  return {
    // An hour more on both sides: a wall's clock is put back by so much.
    startAfter: folderOf(window.fromMs - paddingMs - HOUR_MS),
    stopAt: folderOf(window.toMs + paddingMs + folderMs(layout) + HOUR_MS),
  };
}

/** The shortest time that a folder of the layout stands for. */
function folderMs({ labels }: FolderLayout): number {
  return labels.length === DEPTH_MAX ? HOUR_MS : 24 * HOUR_MS;
}
