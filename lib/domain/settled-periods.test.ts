import { describe, expect, test } from 'vitest';
import type { StreamReading } from './align-frames.ts';
import {
  firstOwnPeriod,
  firstPeriods,
  lastPeriodEnd,
  nextWindow,
  settledThrough,
  showablePeriods,
} from './settled-periods.ts';

const AT_ONCE = { periodSeconds: 5, delaySeconds: 0 };
const AS_AWS = { periodSeconds: 60, delaySeconds: 120 };
const MINUTE_MS = 60_000;
const born = { createdAtMs: 0, readThroughMs: null };

test('a period is over at its end and not before', () => {
  expect(lastPeriodEnd(9_999, 5)).toBe(5_000);
  expect(lastPeriodEnd(10_000, 5)).toBe(10_000);
});

test('a period is settled when the delay has passed since its end', () => {
  expect(settledThrough(10 * MINUTE_MS - 1, AS_AWS)).toBe(7 * MINUTE_MS);
  expect(settledThrough(10 * MINUTE_MS, AS_AWS)).toBe(8 * MINUTE_MS);
});

describe('nextWindow', () => {
  test('goes on where the last one ended', () => {
    expect(nextWindow({ ...born, readThroughMs: 95_000 }, 105_300, AT_ONCE, 12)).toEqual({
      startMs: 95_000,
      endMs: 105_000,
      periodSeconds: 5,
    });
  });

  test('is null while no further period is over', () => {
    expect(nextWindow({ ...born, readThroughMs: 105_000 }, 109_999, AT_ONCE, 12)).toBeNull();
  });

  test('begins with the newest periods, and leaves the rest to be filled', () => {
    expect(nextWindow(born, 600_000, AT_ONCE, 12)?.startMs).toBe(540_000);
    expect(nextWindow({ ...born, readThroughMs: 100_000 }, 600_000, AT_ONCE, 12)?.startMs).toBe(
      540_000,
    );
  });

  test('reads again what is not settled, and what was settled when some of it may have been late', () => {
    const readOn = { ...born, readThroughMs: 28 * MINUTE_MS };
    expect(nextWindow(readOn, 30.5 * MINUTE_MS, AS_AWS, 12)).toMatchObject({
      startMs: 20 * MINUTE_MS,
      endMs: 30 * MINUTE_MS,
    });
    expect(nextWindow(readOn, 60 * MINUTE_MS, AS_AWS, 12)?.startMs).toBe(48 * MINUTE_MS);
  });

  test('never reaches back before the first period that is wholly the stream’s', () => {
    const state = { createdAtMs: 571_000, readThroughMs: null };
    expect(nextWindow(state, 600_000, AT_ONCE, 12)?.startMs).toBe(575_000);
    expect(nextWindow({ ...state, createdAtMs: 599_000 }, 600_000, AT_ONCE, 12)).toBeNull();
    expect(firstOwnPeriod(575_000, 5)).toBe(575_000);
  });
});

describe('showablePeriods', () => {
  const silent = Number.NaN;
  const reading = (...columns: readonly (readonly number[])[]): StreamReading => ({
    window: { startMs: 0, endMs: (columns[0]?.length ?? 0) * MINUTE_MS, periodSeconds: 60 },
    stream: columns.map((column) => Float32Array.from(column)),
    shards: new Map(),
  });

  test('settled periods are, silent or not', () => {
    expect(showablePeriods(reading([silent, silent, silent]), 2 * MINUTE_MS)).toBe(2);
    expect(showablePeriods(reading([1, 2, 3]), 9 * MINUTE_MS)).toBe(3);
  });

  test('a later one is as soon as each series has its datapoint', () => {
    expect(showablePeriods(reading([1, 2, 3, 4], [5, 6, 7, silent]), 2 * MINUTE_MS)).toBe(3);
  });

  test('a series that was silent before is not waited for', () => {
    expect(showablePeriods(reading([1, 2, 3], [silent, silent, silent]), 2 * MINUTE_MS)).toBe(3);
  });

  test('silence alone is not shown before it is settled', () => {
    expect(showablePeriods(reading([silent, silent]), MINUTE_MS)).toBe(1);
    expect(showablePeriods(reading([1, 2]), 0)).toBe(0);
  });

  test('firstPeriods cuts every column and the window', () => {
    const cut = firstPeriods(
      { ...reading([1, 2, 3]), shards: new Map([['a', [Float32Array.of(4, 5, 6), null]]]) },
      2,
    );
    expect(cut.window.endMs).toBe(2 * MINUTE_MS);
    expect(cut.stream[0]).toEqual(Float32Array.of(1, 2));
    expect(cut.shards.get('a')).toEqual([Float32Array.of(4, 5), null]);
  });
});
