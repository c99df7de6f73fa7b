import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTicker } from './ticker.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

test('time stands still between two ticks, and moves on for all at once', () => {
  const ticker = createTicker(1_000, Date.now);
  const heard: number[] = [];
  const ends = [1, 2].map(() => ticker.onTick(() => heard.push(ticker.now())));
  vi.advanceTimersByTime(999);
  expect(ticker.now()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual([1_000, 1_000]);
  for (const end of ends) end();
  expect(vi.getTimerCount()).toBe(0);
});

test('who comes after a while without listeners does not get the old time', () => {
  const ticker = createTicker(1_000, Date.now);
  ticker.onTick(() => {})();
  vi.advanceTimersByTime(60_000);
  const end = ticker.onTick(() => {});
  expect(ticker.now()).toBe(60_000);
  end();
});

test('what the server drew with stands until the first tick, and catches up within a second', () => {
  vi.setSystemTime(5_000);
  for (const everyMs of [1_000, 60_000]) {
    const ticker = createTicker(everyMs, Date.now, 4_200);
    const heard: number[] = [];
    const end = ticker.onTick(() => heard.push(ticker.now()));
    expect(ticker.now()).toBe(4_200);
    const startedMs = Date.now();
    vi.advanceTimersByTime(1_000);
    expect(heard).toEqual([startedMs + 1_000]);
    end();
    expect(vi.getTimerCount()).toBe(0);
  }
});
