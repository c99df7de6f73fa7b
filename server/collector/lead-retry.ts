const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 5_000;

/** Who led for this long has worked: a store that refuses (a full disk) ends it sooner, each time anew. */
const WORKED_MS = 10_000;

export type LeadRetry = {
  /**
   * Milliseconds to wait after a failure of the store: doubles from one to the next, and begins anew after
   * one that came when we had led for `ledMs` of 10 s or more.
   */
  nextWaitMs(ledMs: number): number;
};

export function openLeadRetry(): LeadRetry {
  let failuresInARow = 0;
  return {
    nextWaitMs(ledMs) {
      if (ledMs >= WORKED_MS) failuresInARow = 0;
      failuresInARow += 1;
      return Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(10, failuresInARow - 1));
    },
  };
}
