import { describe, expect, it } from 'vitest';
import { nextDelayMs } from './back-off.ts';

describe('nextDelayMs', () => {
  it('begins at half a second and doubles up to 15 s', () => {
    const delays: number[] = [];
    let delayMs: number | undefined;
    for (let run = 0; run < 8; run += 1) {
      delayMs = nextDelayMs(delayMs, 0);
      delays.push(delayMs);
    }
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it('begins again after 30 healthy seconds, not before', () => {
    expect(nextDelayMs(8_000, 29_999)).toBe(15_000);
    expect(nextDelayMs(8_000, 30_000)).toBe(500);
  });
});
