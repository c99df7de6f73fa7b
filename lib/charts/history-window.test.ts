import { describe, expect, it } from 'vitest';
import { appendFrame, continues } from './history-window.ts';
import { frameAt } from './testing/frame-at.ts';
import { historyOf } from './testing/history-of.ts';

const OPEN = ['shardId-000000000003', 'shardId-000000000004'];

describe('appendFrame', () => {
  it('appends the next period, as rates and counts', () => {
    const next = appendFrame(historyOf(3), frameAt(15_000), OPEN, 900_000);
    expect(next.periodStartMs).toEqual([0, 5_000, 10_000, 15_000]);
    expect(next.incomingBytesPerSecond.at(-1)).toBe(100);
    expect(next.openShardCount.at(-1)).toBe(2);
    expect(next.hottest[0]?.incomingBytesPerSecond.at(-1)).toBe(50);
    expect(next.hottest[0]?.writeThrottledRecords.at(-1)).toBe(7);
  });

  it('leaves a gap where there is no datapoint or the shard is not open', () => {
    const next = appendFrame(historyOf(3), frameAt(15_000), OPEN, 900_000);
    expect(next.outgoingBytesPerSecond.at(-1)).toBeNull();
    expect(next.hottest[1]?.incomingBytesPerSecond.at(-1)).toBeNull();
  });

  it('leaves a gap where periods were missed', () => {
    const next = appendFrame(historyOf(2), frameAt(20_000), OPEN, 900_000);
    expect(next.periodStartMs).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
    expect(next.incomingBytesPerSecond).toEqual([2_000_000, 2_000_000, null, null, 100]);
  });

  it('replaces a period that was read again', () => {
    const once = appendFrame(historyOf(3), frameAt(10_000), OPEN, 900_000);
    expect(once.periodStartMs).toHaveLength(3);
    expect(once.incomingBytesPerSecond.at(-1)).toBe(100);
    expect(appendFrame(once, frameAt(10_000), OPEN, 900_000)).toEqual(once);
  });

  it('lets what is older than the window fall out', () => {
    const next = appendFrame(historyOf(3), frameAt(15_000), OPEN, 15_000);
    expect(next.periodStartMs).toEqual([5_000, 10_000, 15_000]);
  });

  it('leaves a history of coarser periods alone', () => {
    const history = historyOf(3);
    expect(appendFrame(history, frameAt(60_000, 60), OPEN, 900_000)).toBe(history);
  });

  it('begins an empty history', () => {
    const next = appendFrame(historyOf(0), frameAt(15_000), OPEN, 900_000);
    expect(next.periodStartMs).toEqual([15_000]);
    const coarse = { ...historyOf(0), periodSeconds: 60 };
    expect(appendFrame(coarse, frameAt(15_000), OPEN, 900_000)).toEqual(next);
  });
});

describe('continues', () => {
  it('tells a missed period', () => {
    const history = historyOf(3);
    expect(continues(history, frameAt(10_000))).toBe(true);
    expect(continues(history, frameAt(15_000))).toBe(true);
    expect(continues(history, frameAt(20_000))).toBe(false);
  });
});
