import type { ReplayTickView } from './view/course.ts';
import type { RateView } from './view/run.ts';

/** Without a newer tick for so long, nobody knows how fast it goes. */
const TICK_AGE_MS_MAX = 30_000;

/**
 * What was sent between two ticks, a second.
 * @param ticks the newest first @returns null where there are not two of them, or the newest is too old
 */
export function replayRate(ticks: readonly ReplayTickView[], nowMs: number): RateView | null {
  const [newest, before] = [ticks[0], ticks.at(-1)];
  if (newest === undefined || before === undefined) return null;
  const seconds = (newest.atMs - before.atMs) / 1_000;
  if (seconds <= 0 || nowMs - newest.atMs > TICK_AGE_MS_MAX) return null;
  return {
    bytesPerSecond: (newest.emittedBytes - before.emittedBytes) / seconds,
    recordsPerSecond: (newest.emitted - before.emitted) / seconds,
    throttledPerSecond: (newest.throttled - before.throttled) / seconds,
    fromMs: before.atMs,
    toMs: newest.atMs,
  };
}

/**
 * How long the rest takes at the rate of these ticks, by stored bytes; where no object came to its end in that time, as
 * when there are few large ones, by records against what was planned.
 * @returns null where it does not go on
 */
export function replayEta(
  ticks: readonly ReplayTickView[],
  all: { readonly storedBytes: number; readonly records: number | null },
): number | null {
  const [newest, before] = [ticks[0], ticks.at(-1)];
  if (newest === undefined || before === undefined) return null;
  const ms = newest.atMs - before.atMs;
  const done = newest.storedBytesDone - before.storedBytesDone;
  if (ms > 0 && done > 0) return ((all.storedBytes - newest.storedBytesDone) / done) * ms;
  const sent = newest.emitted - before.emitted;
  if (ms <= 0 || sent <= 0 || all.records === null || all.records <= newest.emitted) return null;
  return ((all.records - newest.emitted) / sent) * ms;
}
