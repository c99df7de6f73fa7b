import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rateBudget } from './rate-budget.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;
const budget = (ratePerSecond: number) => rateBudget(ratePerSecond, () => Date.now());

/** Takes `count` times and notes when each turn came, in ms from the start. */
function turns(of: ReturnType<typeof budget>, count: number, amount = 1): number[] {
  const startMs = Date.now();
  const at: number[] = [];
  for (let i = 0; i < count; i++) {
    void of.take(amount, never).then(() => at.push(Date.now() - startMs));
  }
  return at;
}

describe('a rate budget', () => {
  test('serves a second’s worth at once, then at its rate', async () => {
    const at = turns(budget(4), 8);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(at).toEqual([0, 0, 0, 0, 250, 500, 750, 1_000]);
  });

  test('below one a second it still lets one through at once', async () => {
    const at = turns(budget(0.5), 3);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(at).toEqual([0, 2_000, 4_000]);
  });

  test('serves more than it holds from a full bucket, and makes the next one wait for it', async () => {
    const one = budget(10);
    const large = turns(one, 1, 30);
    const next = turns(one, 1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(large).toEqual([0]);
    expect(next).toEqual([2_100]);
  });

  test('an aborted wait takes nothing, and the next in line moves up', async () => {
    const one = budget(1);
    const impatient = new AbortController();
    turns(one, 1);
    const left = one.take(1, impatient.signal);
    const at = turns(one, 1);
    const refused = expect(left).rejects.toThrow('enough');
    impatient.abort(new Error('enough'));
    await refused;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(at).toEqual([1_000]);
  });

  test('refuses at once who comes aborted', async () => {
    await expect(budget(1).take(1, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  });
});
