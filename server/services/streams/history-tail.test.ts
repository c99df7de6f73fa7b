import { describe, expect, test } from 'vitest';
import { partialSecondsAt, unrolledWindow } from './history-tail.ts';

const tiers = [
  { periodSeconds: 5, oldestStartMs: 0, newestStartMs: 695_000 },
  { periodSeconds: 60, oldestStartMs: 0, newestStartMs: 600_000 },
  { periodSeconds: 300, oldestStartMs: 0, newestStartMs: 300_000 },
];
const window = (periodSeconds: number, toMs = 700_000) => ({
  streamId: 1,
  periodSeconds,
  fromMs: 0,
  toMs,
});

describe('unrolledWindow', () => {
  test('begins where the roll-up ends, in the shortest periods', () => {
    expect(unrolledWindow(tiers, window(300))).toEqual({ ...window(5), fromMs: 600_000 });
    expect(unrolledWindow(tiers, window(60))).toEqual({ ...window(5), fromMs: 660_000 });
  });

  test('there is none of the shortest periods themselves, nor of a window that ends before', () => {
    expect(unrolledWindow(tiers, window(5))).toBeNull();
    expect(unrolledWindow(tiers, window(300, 600_000))).toBeNull();
    expect(unrolledWindow([], window(300))).toBeNull();
  });

  test('there is none where nothing came after the last whole period', () => {
    const whole = tiers.map((tier) => ({ ...tier, newestStartMs: 300_000 }));
    expect(unrolledWindow(whole, window(300))).toBeNull();
  });

  test('keeps to the window, where that begins later', () => {
    expect(unrolledWindow(tiers, { ...window(300), fromMs: 640_000 })?.fromMs).toBe(640_000);
  });
});

describe('partialSecondsAt', () => {
  const at = (...starts: number[]) => starts.map((periodStartMs) => ({ periodStartMs }));

  test('counts from the beginning of the long period to the end of the newest short one', () => {
    expect(partialSecondsAt(at(600_000, 695_000), 5, 300)).toBe(100);
    expect(partialSecondsAt(at(600_000), 5, 300)).toBe(5);
  });

  test('a period that is over is whole', () => {
    expect(partialSecondsAt(at(600_000, 895_000), 5, 300)).toBeNull();
    expect(partialSecondsAt([], 5, 300)).toBeNull();
  });
});
