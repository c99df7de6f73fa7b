/** A rate holds over any stretch of this length. */
export const RATE_WINDOW_MS = 1_000;

/** Of what a second may take, this much may come at once, so that requests need not be small. */
const BURST_MS = 100;

/**
 * A rate that is never exceeded over any second (and so over any minute): what is taken is paid for at that rate before
 * the next may be taken, but for a burst, and what the last second took is remembered. Of a thing that is larger than a
 * second's worth, and cannot be divided, one is taken once nothing else was for a second, and paid for as any other.
 * Begins as if all had just been taken: whoever sent before may have.
 */
export class RateLimit {
  #perSecond: number;
  #paidUntilMs: number;
  #inWindow: number;
  readonly #taken: { readonly atMs: number; amount: number }[];
  #first = 0;

  /** @param perSecond Infinity: no limit. 0: nothing. */
  constructor(perSecond: number, startMs: number) {
    this.#perSecond = perSecond;
    this.#paidUntilMs = startMs;
    const amount = Number.isFinite(perSecond) ? perSecond : 0;
    this.#taken = [{ atMs: startMs, amount }];
    this.#inWindow = amount;
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  set perSecond(perSecond: number) {
    this.#perSecond = perSecond;
  }

  admits(nowMs: number, amount: number): boolean {
    if (this.#perSecond === Number.POSITIVE_INFINITY) return true;
    this.#forget(nowMs);
    if (this.#perSecond === 0 || nowMs < this.#paidUntilMs - BURST_MS) return false;
    return this.#inWindow === 0 || this.#inWindow + amount <= this.#perSecond;
  }

  take(nowMs: number, amount: number): void {
    // Also of what has no limit now: it may get one.
    this.#forget(nowMs);
    const newest = this.#taken.at(-1);
    if (newest !== undefined && newest.atMs === nowMs) newest.amount += amount;
    else this.#taken.push({ atMs: nowMs, amount });
    this.#inWindow += amount;
    if (this.#perSecond > 0) {
      const priceMs = (amount / this.#perSecond) * 1_000;
      this.#paidUntilMs = Math.max(this.#paidUntilMs, nowMs) + priceMs;
    }
  }

  /** When to ask again, after it was refused: rather a little late, when more than one may be taken. */
  readyAtMs(nowMs: number, amount: number): number {
    if (this.#perSecond === Number.POSITIVE_INFINITY) return nowMs;
    if (this.#perSecond === 0) return nowMs + RATE_WINDOW_MS;
    if (this.admits(nowMs, amount)) return nowMs;
    let left = this.#inWindow;
    let emptiesAtMs = nowMs;
    for (let i = this.#first; i < this.#taken.length; i += 1) {
      if (left === 0 || left + amount <= this.#perSecond) break;
      const grant = this.#taken[i];
      left -= grant?.amount ?? 0;
      emptiesAtMs = (grant?.atMs ?? nowMs) + RATE_WINDOW_MS;
    }
    return Math.max(nowMs, emptiesAtMs, this.#paidUntilMs - BURST_MS / 2);
  }

  /** What lies a whole window back does not count any more. */
  #forget(nowMs: number): void {
    for (;;) {
      const oldest = this.#taken[this.#first];
      if (oldest === undefined || oldest.atMs > nowMs - RATE_WINDOW_MS) break;
      this.#inWindow -= oldest.amount;
      this.#first += 1;
    }
    // Sums of fractions drift: nothing taken is nothing.
    if (this.#first === this.#taken.length) this.#inWindow = 0;
    if (this.#first > 64 && this.#first * 2 > this.#taken.length) {
      this.#taken.splice(0, this.#first);
      this.#first = 0;
    }
  }
}
