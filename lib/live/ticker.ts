/** One timer for all that shows ages: `now()` moves on every `everyMs`, for all listeners at once. */
export type Ticker = {
  readonly now: () => number;
  readonly onTick: (listener: () => void) => () => void;
};

/** What was drawn with the server's time catches up with the present so soon. */
const CATCH_UP_MS = 1_000;

/**
 * @param read the clock; the timer runs only while somebody listens
 * @param drawnMs what `now()` says until the first tick, where a page was drawn with it already: a browser that finds
 * another time there would draw all of the page twice before it answers
 */
export function createTicker(everyMs: number, read: () => number, drawnMs?: number): Ticker {
  const listeners = new Set<() => void>();
  let nowMs = drawnMs ?? read();
  let isBehind = drawnMs !== undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let catchUp: ReturnType<typeof setTimeout> | undefined;
  const tick = () => {
    isBehind = false;
    nowMs = read();
    for (const listener of listeners) listener();
  };
  return {
    now: () => nowMs,
    onTick(listener) {
      // Nobody listened for a while: what `now` says is old.
      if (listeners.size === 0 && !isBehind) nowMs = read();
      if (isBehind && everyMs > CATCH_UP_MS) catchUp ??= setTimeout(tick, CATCH_UP_MS);
      listeners.add(listener);
      timer ??= setInterval(tick, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
          clearTimeout(catchUp);
          timer = undefined;
          catchUp = undefined;
        }
      };
    },
  };
}
