/** One timer for all that shows ages: `now()` moves on every `everyMs`, for all listeners at once. */
export type Ticker = {
  readonly now: () => number;
  readonly onTick: (listener: () => void) => () => void;
};

/** @param read the clock; the timer runs only while somebody listens */
export function createTicker(everyMs: number, read: () => number): Ticker {
  const listeners = new Set<() => void>();
  let nowMs = read();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    nowMs = read();
    for (const listener of listeners) listener();
  };
  return {
    now: () => nowMs,
    onTick(listener) {
      // Nobody listened for a while: what `now` says is old.
      if (listeners.size === 0) nowMs = read();
      listeners.add(listener);
      timer ??= setInterval(tick, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
  };
}
