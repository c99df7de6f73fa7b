import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstServerClock, hearServerTime, type ServerClock } from './server-clock.ts';

const START_MS = 1_000_000;
const AHEAD_MS = 250;

/** Events that were sent at these times by the browser's clock, and came so much later. */
function hear(
  clock: ServerClock,
  events: readonly { readonly sentMs: number; readonly tookMs: number }[],
): ServerClock {
  return events.reduce(
    (before, { sentMs, tookMs }) => hearServerTime(before, sentMs + AHEAD_MS, sentMs + tookMs),
    clock,
  );
}

const start = firstServerClock(START_MS + AHEAD_MS, START_MS);

describe('the clock of the server', () => {
  test('an event that comes late does not set it back', () => {
    const late = hear(start, [{ sentMs: START_MS + 5_000, tookMs: 20_000 }]);
    expect(late.offsetMs).toBe(AHEAD_MS);
  });

  test('a page that took long to load is put right by the first event', () => {
    const slow = firstServerClock(START_MS + AHEAD_MS, START_MS + 3_000);
    expect(slow.offsetMs).toBe(AHEAD_MS - 3_000);
    expect(hear(slow, [{ sentMs: START_MS + 4_000, tookMs: 10 }]).offsetMs).toBe(AHEAD_MS - 10);
  });

  test('a clock of this machine that was set is followed within two spans, either way', () => {
    for (const setByMs of [-3_600_000, 3_600_000]) {
      let clock = start;
      for (let atMs = START_MS; atMs <= START_MS + 130_000; atMs += 5_000) {
        clock = hearServerTime(clock, atMs + AHEAD_MS, atMs + setByMs);
      }
      expect(clock.offsetMs).toBe(AHEAD_MS - setByMs);
    }
  });

  test('is never ahead of the truth, and behind by no more than the quickest event of the last minute', () => {
    const event = fc.record({ waitMs: fc.nat(9_000), tookMs: fc.nat(60_000) });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), (given) => {
        let cameMs = START_MS;
        let clock = firstServerClock(START_MS + AHEAD_MS, START_MS);
        const heard: { cameMs: number; tookMs: number }[] = [{ cameMs, tookMs: 0 }];
        for (const { waitMs, tookMs } of given) {
          cameMs += waitMs;
          clock = hearServerTime(clock, cameMs - tookMs + AHEAD_MS, cameMs);
          heard.push({ cameMs, tookMs });
          const last = heard.filter((one) => cameMs - one.cameMs < 60_000);
          const quickest = Math.min(...last.map((one) => one.tookMs));
          expect(clock.offsetMs).toBeLessThanOrEqual(AHEAD_MS);
          expect(clock.offsetMs).toBeGreaterThanOrEqual(AHEAD_MS - quickest);
        }
      }),
    );
  });
});
