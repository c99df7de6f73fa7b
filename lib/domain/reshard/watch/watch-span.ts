const HOUR_MS = 3_600_000;
/** What consumers have not worked off by then is no matter of the reshard any more. */
const WATCH_MS_MAX = 24 * HOUR_MS;
/** What was before is told of so long a time. */
const BEFORE_MS = 15 * 60_000;

/** Nothing of it is drawn: a day of minutes fits. */
export const WATCH_PERIODS_MAX = 1_500;

/** A stretch of time, epoch milliseconds on AWS's clock. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/** When a reshard is watched, and which times are held against each other. */
export type WatchSpan = {
  readonly until: { readonly atMs: number; readonly why: 'day-over' | 'resharded-again' };
  readonly isOver: boolean;
  readonly before: Span;
  /** null while it is not over, and where nothing comes after it. */
  readonly after: Span | null;
};

/**
 * Until a day has passed, or until the shards that it made are resharded again.
 * @param resharded when the first of its shards was closed; null: all are open
 */
export function watchSpan(of: {
  readonly beganAtMs: number;
  readonly endedAtMs: number | null;
  readonly reshardedAtMs: number | null;
  readonly nowMs: number;
}): WatchSpan {
  const { beganAtMs, endedAtMs, reshardedAtMs, nowMs } = of;
  const dayOverMs = (endedAtMs ?? nowMs) + WATCH_MS_MAX;
  const until =
    endedAtMs !== null && reshardedAtMs !== null && reshardedAtMs < dayOverMs
      ? ({ atMs: reshardedAtMs, why: 'resharded-again' } as const)
      : ({ atMs: dayOverMs, why: 'day-over' } as const);
  const lastMs = Math.min(until.atMs, nowMs);
  return {
    until,
    isOver: until.atMs <= nowMs,
    before: { fromMs: beganAtMs - BEFORE_MS, toMs: beganAtMs },
    after: endedAtMs === null || endedAtMs >= lastMs ? null : { fromMs: endedAtMs, toMs: lastMs },
  };
}
