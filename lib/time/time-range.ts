const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Ranges that end now. */
export const RECENT_RANGES = ['15m', '1h', '3h', '12h', '24h', '3d', '7d'] as const;
export type RecentRange = (typeof RECENT_RANGES)[number];

const SPANS: { readonly [R in RecentRange]: { readonly ms: number; readonly label: string } } = {
  '15m': { ms: 15 * MINUTE_MS, label: '15 min' },
  '1h': { ms: HOUR_MS, label: '1 h' },
  '3h': { ms: 3 * HOUR_MS, label: '3 h' },
  '12h': { ms: 12 * HOUR_MS, label: '12 h' },
  '24h': { ms: DAY_MS, label: '24 h' },
  '3d': { ms: 3 * DAY_MS, label: '3 d' },
  '7d': { ms: 7 * DAY_MS, label: '7 d' },
};

/** What of the past is looked at: up to now and moving with it, or between two instants (epoch milliseconds). */
export type TimeRange =
  | { readonly kind: 'recent'; readonly range: RecentRange }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number };

/** Shorter ranges show one or two periods. */
const RANGE_MS_MIN = MINUTE_MS;

export function spanOf(range: RecentRange): number {
  return SPANS[range].ms;
}

/** @example recentLabel('15m') // '15 min' */
export function recentLabel(range: RecentRange): string {
  return SPANS[range].label;
}

/** How long the range is, milliseconds. */
export function rangeLengthMs(range: TimeRange): number {
  return range.kind === 'recent' ? spanOf(range.range) : range.toMs - range.fromMs;
}

/** A range between two instants, in their order, and not too short to show anything. */
export function fixedRange(aMs: number, bMs: number): TimeRange {
  const fromMs = Math.round(Math.min(aMs, bMs));
  const toMs = Math.round(Math.max(aMs, bMs));
  const missing = Math.max(0, RANGE_MS_MIN - (toMs - fromMs));
  return {
    kind: 'fixed',
    fromMs: fromMs - Math.ceil(missing / 2),
    toMs: toMs + Math.floor(missing / 2),
  };
}

/** Why a range that somebody typed cannot be shown; null where it can. @param nowMs the database's clock */
export function rangeProblem(fromMs: number, toMs: number, nowMs: number): string | null {
  if (fromMs >= toMs) return 'The range ends before it begins.';
  if (toMs - fromMs < RANGE_MS_MIN) return 'A range takes at least one minute.';
  if (fromMs >= nowMs) return 'The range lies in the future; nothing is recorded there.';
  return null;
}
