import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';

/** The two ends of a brush as they are held: from the one up to, not including, the other; epoch milliseconds. */
export type Brush = { readonly fromMs: number; readonly toMs: number };
export type BrushEnd = 'from' | 'to';

/** A window of an archive has both of its ends within (`TimeSpan`), a brush only its first. */
export function windowOfBrush({ fromMs, toMs }: Brush): TimeSpan {
  return { fromMs, toMs: toMs - 1 };
}

/** @param all what is brushed where no window was chosen */
export function brushOfWindow(window: TimeSpan | null, all: TimeSpan): Brush {
  return window === null ? all : { fromMs: window.fromMs, toMs: window.toMs + 1 };
}

/**
 * What a pointer brushes that went from one instant to another: whole buckets, and at least the one it is in.
 * @param stops in order, two at least
 */
export function brushBetween(stops: readonly number[], oneMs: number, otherMs: number): Brush {
  const [early, late] = oneMs < otherMs ? [oneMs, otherMs] : [otherMs, oneMs];
  const last = stops.length - 1;
  const first = Math.min(
    last - 1,
    Math.max(
      0,
      stops.findLastIndex((stop) => stop <= early),
    ),
  );
  const end = stops.findIndex((stop) => stop >= late);
  const to = Math.max(first + 1, end === -1 ? last : end);
  return { fromMs: stops[first] ?? early, toMs: stops[to] ?? late };
}

/** How many stops a key moves an end by; null: it is no key of a brush. Infinity: as far as it goes. */
export function stopsMoved(key: string): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return -1;
    case 'ArrowRight':
    case 'ArrowUp':
      return 1;
    case 'PageDown':
      return -10;
    case 'PageUp':
      return 10;
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return Number.POSITIVE_INFINITY;
    default:
      return null;
  }
}

/** The brush with one end moved by so many stops; at least one bucket stays within it. */
export function moveEnd(stops: readonly number[], brush: Brush, end: BrushEnd, by: number): Brush {
  const held = end === 'from' ? brush.fromMs : brush.toMs;
  // From between two stops a step leads to the next one in its direction.
  const at =
    by < 0 ? stops.findIndex((stop) => stop >= held) : stops.findLastIndex((stop) => stop <= held);
  const from = at === -1 ? (by < 0 ? stops.length : -1) : at;
  const place = Math.min(stops.length - 1, Math.max(0, from + by));
  const moved = stops[place] ?? held;
  const next = end === 'from' ? { ...brush, fromMs: moved } : { ...brush, toMs: moved };
  if (next.fromMs < next.toMs) return next;
  const before = stops.findLast((stop) => stop < brush.toMs);
  const after = stops.find((stop) => stop > brush.fromMs);
  return end === 'from'
    ? { ...brush, fromMs: before ?? brush.fromMs }
    : { ...brush, toMs: after ?? brush.toMs };
}

/** The brush with one end at the stop that is nearest to where a pointer has it; at least one bucket stays within it. */
export function dragEnd(
  stops: readonly number[],
  brush: Brush,
  end: BrushEnd,
  atMs: number,
): Brush {
  const free = stops.filter((stop) => (end === 'from' ? stop < brush.toMs : stop > brush.fromMs));
  const held = end === 'from' ? brush.fromMs : brush.toMs;
  const nearest = free.reduce(
    (best, stop) => (Math.abs(stop - atMs) < Math.abs(best - atMs) ? stop : best),
    free[0] ?? held,
  );
  return end === 'from' ? { ...brush, fromMs: nearest } : { ...brush, toMs: nearest };
}

/** The brush as shares of the picture's width, kept within it. */
export function brushShares(
  brush: Brush,
  span: TimeSpan,
): { readonly from: number; readonly to: number } {
  const share = (ms: number) =>
    Math.min(1, Math.max(0, (ms - span.fromMs) / (span.toMs - span.fromMs)));
  return { from: share(brush.fromMs), to: share(brush.toMs) };
}

const HOUR_MS = 3_600_000;

/** Windows that are chosen by one press; `lengthMs` null: all of the archive. They end where the archive ends. */
export const WINDOW_PRESETS = [
  { label: 'Last 15 min', lengthMs: HOUR_MS / 4 },
  { label: 'Last hour', lengthMs: HOUR_MS },
  { label: 'Last 24 h', lengthMs: 24 * HOUR_MS },
  { label: 'Last 7 days', lengthMs: 168 * HOUR_MS },
  { label: 'All', lengthMs: null },
] as const;

/** @returns null where a preset would take all of it, which is another preset */
export function presetWindow(span: TimeSpan, lengthMs: number): TimeSpan | null {
  return lengthMs >= span.toMs - span.fromMs
    ? null
    : windowOfBrush({ fromMs: span.toMs - lengthMs, toMs: span.toMs });
}
