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
