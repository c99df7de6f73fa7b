/** A monotonic clock, in milliseconds from any origin. */
export type MonotonicClock = () => number;

export type RateBudget = {
  /**
   * Waits for its turn, first come first served, and for `amount` tokens. More than the bucket holds is
   * served from a full bucket, which then owes the rest.
   * @throws the signal's reason when it is aborted; then nothing was taken
   */
  take(amount: number, signal: AbortSignal): Promise<void>;
};

type Waiter = {
  readonly amount: number;
  readonly signal: AbortSignal;
  readonly grant: () => void;
};

/**
 * A token bucket with a queue: `ratePerSecond` tokens flow in, at most one second's worth (and at least one
 * token) lies ready for a burst.
 */
export function rateBudget(
  ratePerSecond: number,
  nowMs: MonotonicClock = () => performance.now(),
): RateBudget {
  const capacity = Math.max(1, ratePerSecond);
  let tokens = capacity;
  let filledAtMs = nowMs();
  let timer: NodeJS.Timeout | null = null;
  const queue: Waiter[] = [];

  function serve(): void {
    timer = null;
    const atMs = nowMs();
    tokens = Math.min(capacity, tokens + ((atMs - filledAtMs) / 1000) * ratePerSecond);
    filledAtMs = atMs;
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      const missing = Math.min(first.amount, capacity) - tokens;
      // Floating-point dust must not cost a timer tick.
      if (missing > 1e-9) {
        timer = setTimeout(serve, Math.ceil((missing / ratePerSecond) * 1000));
        return;
      }
      tokens -= first.amount;
      queue.shift();
      first.grant();
    }
  }

  return {
    take(amount, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const leave = () => {
          queue.splice(queue.indexOf(waiter), 1);
          if (queue.length === 0 && timer !== null) {
            clearTimeout(timer);
            timer = null;
          }
          reject(signal.reason);
        };
        const waiter: Waiter = {
          amount,
          signal,
          grant: () => {
            signal.removeEventListener('abort', leave);
            resolve();
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.push(waiter);
        if (timer === null) serve();
      });
    },
  };
}
