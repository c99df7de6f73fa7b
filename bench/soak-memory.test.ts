import { describe, expect, it } from 'vitest';
import { summarise } from './soak-memory.ts';

const CAP_BYTES = 100e6;

/** A sample a second; the cap is full from the tenth on. */
function samplesOf(seconds: number, rssMbAt: (second: number) => number) {
  return Array.from({ length: seconds }, (_, second) => ({
    atMs: second * 1_000,
    rssBytes: rssMbAt(second) * 1e6,
    heapUsedBytes: (30 + (second % 10)) * 1e6,
    arrayBuffersBytes: second * 2e6,
    eventLoopDelayP99Ms: second,
    eventLoopDelayMaxMs: second * 2,
    reservedBytes: second < 10 ? second * 1e6 : CAP_BYTES,
    trimmedRecords: second,
    meterBytes: second * 1e5,
  }));
}

describe('the memory of a soak', () => {
  it('is looked at from half a minute after the cap was full', () => {
    const summary = summarise(
      samplesOf(120, (second) => (second < 40 ? second * 10 : 400)),
      CAP_BYTES,
    );
    expect(summary).toMatchObject({
      flatSeconds: 79,
      rssStartMB: 400,
      rssEndMB: 400,
      rssMaxMB: 400,
      rssSlopeMBPerMinute: 0,
      heapStartMB: 30,
      heapEndMB: 30,
      buffersStartMB: 106,
      buffersEndMB: 212,
      meterStartMB: 5.3,
      meterEndMB: 10.6,
      trimmedRecords: 119,
    });
  });

  it('shows a leak', () => {
    const summary = summarise(
      samplesOf(160, (second) => 400 + second / 2),
      CAP_BYTES,
    );
    expect(summary.rssSlopeMBPerMinute).toBe(30);
    expect(summary.rssEndMB - summary.rssStartMB).toBeCloseTo(40, 0);
  });

  it('says that it saw nothing where the cap was never full', () => {
    expect(
      summarise(
        samplesOf(5, () => 400),
        CAP_BYTES,
      ),
    ).toMatchObject({ flatSeconds: 0, rssStartMB: 0, rssSlopeMBPerMinute: 0 });
  });
});
