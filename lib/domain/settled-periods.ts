import type { StreamReading } from './align-frames.ts';
import { type MetricWindow, periodCount } from './metric-series.ts';

/** When the datapoints of a period may be taken to be complete. */
export type Settling = {
  readonly periodSeconds: number;
  /** Time from a period's end until CloudWatch has all of it, as a rule. */
  readonly delaySeconds: number;
};

/**
 * Settled periods that are read again where datapoints come late at all: the rule has exceptions, and a figure
 * that came after it would stay silence for ever. AWS charges by the metric asked for, not by its datapoints.
 */
const REREAD_PERIODS = 8;

/** End of the last period that is over at `nowMs`. */
export function lastPeriodEnd(nowMs: number, periodSeconds: number): number {
  const periodMs = periodSeconds * 1000;
  return Math.floor(nowMs / periodMs) * periodMs;
}

/** End of the last period whose datapoints are complete at `nowMs`. */
export function settledThrough(nowMs: number, settling: Settling): number {
  return lastPeriodEnd(nowMs - settling.delaySeconds * 1000, settling.periodSeconds);
}

/**
 * Start of the first period that lies wholly after a stream's creation. CloudWatch knows streams by their names
 * alone, so the period in which a stream was made may hold figures of a former one of its name.
 */
export function firstOwnPeriod(createdAtMs: number, periodSeconds: number): number {
  const periodMs = periodSeconds * 1000;
  return Math.ceil(createdAtMs / periodMs) * periodMs;
}

/** How far a stream has been read. */
export type ReadingState = {
  readonly createdAtMs: number;
  /** End of the last settled period that was read; null where none was. */
  readonly readThroughMs: number | null;
};

/**
 * What to read at `nowMs`: from the last settled period on, up to the last one that is over, at most
 * `periodsMax` of them, the newest. Where datapoints come late, some settled periods more are taken along:
 * what came later still is found then, and the periods that are not settled are judged by them.
 * @returns null where there is nothing new
 */
export function nextWindow(
  { createdAtMs, readThroughMs }: ReadingState,
  nowMs: number,
  settling: Settling,
  periodsMax: number,
): MetricWindow | null {
  const { periodSeconds } = settling;
  const periodMs = periodSeconds * 1000;
  const endMs = lastPeriodEnd(nowMs, periodSeconds);
  const oldestMs = endMs - periodsMax * periodMs;
  const lead = settling.delaySeconds > 0 ? REREAD_PERIODS * periodMs : 0;
  const startMs = Math.max(
    oldestMs,
    (readThroughMs ?? oldestMs) - lead,
    firstOwnPeriod(createdAtMs, periodSeconds),
  );
  return startMs < endMs ? { startMs, endMs, periodSeconds } : null;
}

/**
 * How many periods of a reading, from its beginning, may be shown. Settled ones always; a later one as soon
 * as each series that had a datapoint in the period before has one in it: half a picture is worse than one
 * that is a minute older.
 */
export function showablePeriods(reading: StreamReading, settledThroughMs: number): number {
  const periodMs = reading.window.periodSeconds * 1000;
  const total = periodCount(reading.window);
  const settled = Math.floor((settledThroughMs - reading.window.startMs) / periodMs);
  let showable = Math.min(total, Math.max(0, settled));
  const columns = [...reading.stream, ...[...reading.shards.values()].flat()];
  while (showable > 0 && showable < total && isComplete(columns, showable)) showable += 1;
  return showable;
}

function isComplete(columns: readonly (Float32Array | null)[], period: number): boolean {
  let some = false;
  for (const column of columns) {
    const had = !Number.isNaN(column?.[period - 1] ?? Number.NaN);
    const has = !Number.isNaN(column?.[period] ?? Number.NaN);
    if (had && !has) return false;
    some ||= has;
  }
  return some;
}

/** The first `periods` periods of a reading. */
export function firstPeriods(reading: StreamReading, periods: number): StreamReading {
  const cut = (column: Float32Array) => column.subarray(0, periods);
  const { window } = reading;
  return {
    window: { ...window, endMs: window.startMs + periods * window.periodSeconds * 1000 },
    stream: reading.stream.map((column) => (column === null ? column : cut(column))),
    shards: new Map(
      [...reading.shards].map(([id, columns]) => [
        id,
        columns.map((c) => (c === null ? c : cut(c))),
      ]),
    ),
  };
}
