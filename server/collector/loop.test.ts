import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startLoop } from './loop.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a loop', () => {
  test('waits between rounds as each says', async () => {
    const stopping = new AbortController();
    const at: number[] = [];
    const startMs = Date.now();
    const loop = startLoop(async () => {
      at.push(Date.now() - startMs);
      return at.length * 100;
    }, stopping.signal);
    await vi.advanceTimersByTimeAsync(650);
    stopping.abort();
    await loop.done;
    expect(at).toEqual([0, 100, 300, 600]);
  });

  test('comes at once when it is woken, also from within a round, and never twice at a time', async () => {
    const stopping = new AbortController();
    let rounds = 0;
    const gate = Promise.withResolvers<void>();
    const loop = startLoop(async () => {
      rounds += 1;
      if (rounds === 2) await gate.promise;
      return 60_000;
    }, stopping.signal);
    await vi.advanceTimersByTimeAsync(0);
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(rounds).toBe(2);
    gate.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(rounds).toBe(3);
    stopping.abort();
    await loop.done;
  });

  test('ends by what a round throws, but not by what its own end made it throw', async () => {
    const broken = startLoop(
      () => Promise.reject(new Error('no store')),
      new AbortController().signal,
    );
    await expect(broken.done).rejects.toThrow('no store');

    const stopping = new AbortController();
    const cut = startLoop(async (signal) => {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
      return 0;
    }, stopping.signal);
    stopping.abort(new Error('over'));
    await expect(cut.done).resolves.toBeUndefined();
  });
});
