import type { WhenIdle } from './idle-turns.ts';

/** A pointer that rests, or a hand that has left the keys, for as long has got what it wanted. */
const QUIET_MS = 400;

/** Tells when there is time to spare, both of the browser and of its user. */
export type QuietTeller = {
  /** The user did something. */
  readonly heardUser: () => void;
  readonly whenQuiet: WhenIdle;
};

/**
 * Idle moments in which nobody is at work either: a browser is idle too while it waits for what its user has just asked
 * for, and whatever else it asked for then would have to be answered, and drawn, by the same two processes.
 *
 * @param deps.now milliseconds, on any clock that goes forward
 * @param deps.wait calls back after some milliseconds
 */
export function createQuietTeller(deps: {
  readonly whenIdle: WhenIdle;
  readonly now: () => number;
  readonly wait: (run: () => void, ms: number) => void;
}): QuietTeller {
  const { whenIdle, now, wait } = deps;
  let heardAt = Number.NEGATIVE_INFINITY;
  return {
    heardUser() {
      heardAt = now();
    },
    whenQuiet(run, timeoutMs) {
      const latest = now() + timeoutMs;
      const look = () => {
        const at = now();
        const restMs = Math.min(heardAt + QUIET_MS, latest) - at;
        if (restMs <= 0) run();
        else wait(() => whenIdle(look, Math.max(0, latest - now())), restMs);
      };
      whenIdle(look, timeoutMs);
    },
  };
}
