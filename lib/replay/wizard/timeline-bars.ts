import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';

/** What lies in the archive from `fromMs` up to, not including, `toMs`; epoch milliseconds. */
export type TimelineBucket = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly objects: number;
  readonly bytes: number;
};

/** A bar of the picture; all as shares of its width and height. */
type TimelineBar = { readonly x: number; readonly width: number; readonly height: number };

/** An archive over time as it is drawn and brushed. Buckets lie in order of time and may leave gaps. */
export type TimelinePicture = {
  readonly span: TimeSpan;
  readonly bars: readonly TimelineBar[];
  /** Where a window may begin or end, epoch milliseconds in order: both ends of every bucket. */
  readonly stops: readonly number[];
  /** Of the bucket that holds most, whose bar is as high as the picture. */
  readonly bytesMax: number;
};

/** The least that is seen of a bar that is not empty, as a share of the height. */
const BAR_MIN = 0.03;

/** @returns null where nothing is dated */
export function timelinePicture(buckets: readonly TimelineBucket[]): TimelinePicture | null {
  const [first] = buckets;
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return null;
  const span = { fromMs: first.fromMs, toMs: last.toMs };
  const lengthMs = span.toMs - span.fromMs;
  const bytesMax = buckets.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  return {
    span,
    bars: buckets.map(({ fromMs, toMs, objects, bytes }) => ({
      x: (fromMs - span.fromMs) / lengthMs,
      width: (toMs - fromMs) / lengthMs,
      height: objects === 0 ? 0 : Math.max(BAR_MIN, bytesMax === 0 ? 0 : bytes / bytesMax),
    })),
    stops: [...new Set(buckets.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))],
    bytesMax,
  };
}

/** What of an archive lies in a window; a bucket that is cut counts as a whole, as objects in it may. */
export function totalsWithin(
  buckets: readonly TimelineBucket[],
  window: TimeSpan | null,
): { readonly objects: number; readonly bytes: number } {
  return buckets
    .filter(
      ({ fromMs, toMs }) => window === null || (fromMs <= window.toMs && toMs > window.fromMs),
    )
    .reduce(
      (sum, { objects, bytes }) => ({ objects: sum.objects + objects, bytes: sum.bytes + bytes }),
      { objects: 0, bytes: 0 },
    );
}
