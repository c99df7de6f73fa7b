/**
 * The burst allowance: how many seconds' worth of a limit a rested shard takes at once. A whole second,
 * because Kinesis counts by the second: two calls of 500 records a second are within 1,000 a second,
 * however close together they come.
 */
const BURST_SECONDS = 1;

/**
 * The part of the burst that is saved up; the rest is lent, and paid back before anything more is
 * taken than the limit's own flow. So under a lasting overload only this part comes on top: ten
 * seconds take 10.35 seconds' worth.
 */
export const SAVED_SECONDS = 0.35;

const LENT_SECONDS = BURST_SECONDS - SAVED_SECONDS;

/** A loan is drawn within this time, or the moment for it has passed. */
const LOAN_OPEN_MS = 1_000;

/** Fractions of tokens add up inexactly: a bucket this full is full. */
const ALMOST = 1 - 1e-9;

/**
 * A limit of so much a second: a token bucket that is refilled at the limit, with a loan for bursts.
 * It admits while it holds anything; what a charge takes below zero is a debt, so the mean holds for
 * charges of any size.
 *
 * The loan is granted when the bucket is full, and again only when it is full again. A single charge
 * of more than the whole burst shuts the bucket until then: that is AWS's rule for reads, where an
 * answer of 10 MiB from a shard of 2 MiB/s lets all calls of the next 5 s fail.
 */
export class RateBucket {
  readonly #perMs: number;
  readonly #full: number;
  readonly #floor: number;
  #held: number;
  #atMs = Number.NEGATIVE_INFINITY;
  /** Infinity: granted and not drawn yet. -Infinity: none. */
  #loanEndsMs = Number.POSITIVE_INFINITY;
  #isShut = false;

  constructor(limitPerSecond: number) {
    this.#perMs = limitPerSecond / 1_000;
    this.#full = limitPerSecond * SAVED_SECONDS;
    this.#floor = -limitPerSecond * LENT_SECONDS;
    this.#held = this.#full;
  }

  /** Would a charge be admitted now, whatever its size? */
  admits(nowMs: number): boolean {
    if (nowMs > this.#atMs) {
      this.#refill(nowMs);
    }
    if (this.#isShut) {
      return false;
    }
    if (this.#held > 0 || (nowMs < this.#loanEndsMs && this.#held > this.#floor)) {
      return true;
    }
    this.#loanEndsMs = Number.NEGATIVE_INFINITY;
    return false;
  }

  /** Takes `amount`; ask `admits` first, at the same instant. */
  charge(amount: number): void {
    this.#held -= amount;
    if (this.#held < 0 && this.#loanEndsMs === Number.POSITIVE_INFINITY) {
      this.#loanEndsMs = this.#atMs + LOAN_OPEN_MS;
    }
    if (amount > this.#full - this.#floor) {
      this.#isShut = true;
    }
  }

  #refill(nowMs: number): void {
    this.#held = Math.min(this.#full, this.#held + (nowMs - this.#atMs) * this.#perMs);
    this.#atMs = nowMs;
    if (this.#held >= this.#full * ALMOST) {
      this.#loanEndsMs = Number.POSITIVE_INFINITY;
      this.#isShut = false;
    }
  }
}
