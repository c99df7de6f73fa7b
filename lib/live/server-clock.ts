/** What this tab knows of the database's clock: what events told of it when they came. */
export type ServerClock = {
  /** The database's clock less the browser's, milliseconds; too small by what the quickest event took. */
  readonly offsetMs: number;
  /** When the present span began, on the browser's clock, epoch milliseconds. */
  readonly spanStartMs: number;
  /** The greatest offset heard of in the present span. */
  readonly inSpanMs: number;
};

/** An offset is believed for one to two of these: then a clock that was set is followed. */
const SPAN_MS = 60_000;

/** @param nowMs the browser's clock when `serverTimeMs` was heard of */
export function firstServerClock(serverTimeMs: number, nowMs: number): ServerClock {
  const offsetMs = serverTimeMs - nowMs;
  return { offsetMs, spanStartMs: nowMs, inSpanMs: offsetMs };
}

/**
 * The clock after an event that was sent at `serverTimeMs` came at `nowMs`. The way of an event takes time, never less
 * than none: of what events tell the greatest offset is nearest to the truth. One that lay in a buffer for a minute
 * (a server that hung, a tab that slept) would make all figures a minute younger than they are.
 */
export function hearServerTime(
  clock: ServerClock,
  serverTimeMs: number,
  nowMs: number,
): ServerClock {
  const heardMs = serverTimeMs - nowMs;
  const elapsedMs = nowMs - clock.spanStartMs;
  if (elapsedMs >= 0 && elapsedMs < SPAN_MS) {
    return {
      offsetMs: Math.max(clock.offsetMs, heardMs),
      spanStartMs: clock.spanStartMs,
      inSpanMs: Math.max(clock.inSpanMs, heardMs),
    };
  }
  // What was heard in the span that ends goes on to count until the next one ends.
  return { offsetMs: Math.max(clock.inSpanMs, heardMs), spanStartMs: nowMs, inSpanMs: heardMs };
}
