/** A signal that follows another within this time is its echo: a terminal signals all, npm and the bootstrap forward. */
const ECHO_MS = 700;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody wants everything to stop. */
export interface StopRequest {
  /** Aborted at the first signal, or when the bootstrap is gone. */
  readonly signal: AbortSignal;
  /** Aborted when asked again: no more patience. */
  readonly forced: AbortSignal;
}

/**
 * Listens for Ctrl-C, SIGTERM, SIGHUP (the terminal was closed) and for the end of the bootstrap, which holds the
 * other end of our IPC channel, kill -9 included.
 */
export function listenForStop(): StopRequest {
  const stop = new AbortController();
  const force = new AbortController();
  let lastMs = Number.NEGATIVE_INFINITY;
  const ask = () => {
    const nowMs = performance.now();
    const echo = nowMs - lastMs < ECHO_MS;
    lastMs = nowMs;
    if (!stop.signal.aborted) stop.abort();
    else if (!echo) force.abort();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  if (process.connected) {
    process.once('disconnect', () => stop.abort());
    process.channel?.unref();
  }
  return { signal: stop.signal, forced: force.signal };
}
