import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { TimelineBucket } from '#lib/replay/view/archive.ts';

type Counted = Pick<TimelineBucket, 'fromMs' | 'toMs' | 'objects' | 'bytes' | 'isWhole'>;

/** A bar of the picture; all as shares of its width and height. */
type TimelineBar = {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  /** `more`: at least so high. `unknown`: something is there that was not counted. */
  readonly certainty: 'counted' | 'more' | 'unknown';
};

/** An archive over time as it is drawn and brushed. Buckets lie in order of time and may leave gaps. */
export type TimelinePicture = {
  /** From the first bucket up to, not including, the end of the last. */
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
export function timelinePicture(buckets: readonly Counted[]): TimelinePicture | null {
  const [first] = buckets;
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return null;
  const span = { fromMs: first.fromMs, toMs: last.toMs };
  const lengthMs = span.toMs - span.fromMs;
  const bytesMax = buckets.reduce((most, { bytes }) => Math.max(most, bytes ?? 0), 0);
  return {
    span,
    bars: buckets.map(({ fromMs, toMs, objects, bytes, isWhole }) => ({
      x: (fromMs - span.fromMs) / lengthMs,
      width: (toMs - fromMs) / lengthMs,
      ...(objects === null || bytes === null
        ? { height: 1, certainty: 'unknown' }
        : {
            height: objects === 0 ? 0 : Math.max(BAR_MIN, bytesMax === 0 ? 0 : bytes / bytesMax),
            certainty: isWhole ? 'counted' : 'more',
          }),
    })),
    stops: [...new Set(buckets.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))],
    bytesMax,
  };
}

/** What of an archive lies in a window. */
export type WindowTotals = {
  readonly objects: number;
  readonly bytes: number;
  /** false: at least so much, since not everything was counted. */
  readonly isWhole: boolean;
};

/** A bucket that the window cuts counts as a whole, since any object in it may. */
export function totalsWithin(buckets: readonly Counted[], window: TimeSpan | null): WindowTotals {
  return buckets
    .filter(
      ({ fromMs, toMs }) => window === null || (fromMs <= window.toMs && toMs > window.fromMs),
    )
    .reduce<WindowTotals>(
      (sum, { objects, bytes, isWhole }) => ({
        objects: sum.objects + (objects ?? 0),
        bytes: sum.bytes + (bytes ?? 0),
        isWhole: sum.isWhole && isWhole && objects !== null && bytes !== null,
      }),
      { objects: 0, bytes: 0, isWhole: true },
    );
}
