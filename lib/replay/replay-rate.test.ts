import { expect, it } from 'vitest';
import { replayEta, replayRate } from './replay-rate.ts';
import type { ReplayTickView } from './view/course.ts';

function tick(atMs: number, emitted: number, storedBytesDone = 0): ReplayTickView {
  return {
    atMs,
    emitted,
    emittedBytes: emitted * 100,
    throttled: emitted / 10,
    settled: emitted,
    storedBytesDone,
    archiveMs: null,
    capBytesPerSecond: null,
    liveBytesPerSecond: null,
  };
}

it('measures between two ticks', () => {
  expect(replayRate([tick(4_000, 300), tick(2_000, 100)], 5_000)).toEqual({
    bytesPerSecond: 10_000,
    recordsPerSecond: 100,
    throttledPerSecond: 10,
    fromMs: 2_000,
    toMs: 4_000,
  });
});

it('knows no rate without two ticks, nor by old ones', () => {
  expect(replayRate([], 0)).toBeNull();
  expect(replayRate([tick(4_000, 300)], 4_000)).toBeNull();
  expect(replayRate([tick(4_000, 300), tick(2_000, 100)], 60_000)).toBeNull();
});

it('foretells the rest by bytes, and by records where no object came to its end', () => {
  const all = { storedBytes: 10_000, records: 1_000 };
  expect(replayEta([tick(4_000, 300, 4_000), tick(2_000, 100, 2_000)], all)).toBe(6_000);
  expect(replayEta([tick(4_000, 300), tick(2_000, 100)], all)).toBe(7_000);
  expect(replayEta([tick(4_000, 300), tick(2_000, 100)], { ...all, records: null })).toBeNull();
  expect(replayEta([tick(4_000, 300), tick(2_000, 300)], all)).toBeNull();
  expect(replayEta([tick(4_000, 1_200), tick(2_000, 100)], all)).toBeNull();
});
