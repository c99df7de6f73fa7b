/**
 * The replay's own axis of time: milliseconds from its first record on as they passed when the archive was written, but
 * for pauses, of which none is longer than the idle gap. It never runs back: a record that is older than the one before
 * it is due with it, and so is one whose time nobody wrote down.
 */
export class PlayTime {
  readonly #idleGapMs: number;
  #arrivalMs: number | null = null;
  #playMs = 0;

  /** @param idleGapMs a longer pause of the archive is played as one of this length */
  constructor(idleGapMs: number) {
    this.#idleGapMs = idleGapMs;
  }

  /** To be asked in archive order. @param arrivalMs epoch milliseconds, or null */
  next(arrivalMs: number | null): number {
    if (arrivalMs === null) return this.#playMs;
    if (this.#arrivalMs !== null && arrivalMs > this.#arrivalMs) {
      this.#playMs += Math.min(arrivalMs - this.#arrivalMs, this.#idleGapMs);
    }
    this.#arrivalMs = Math.max(arrivalMs, this.#arrivalMs ?? arrivalMs);
    return this.#playMs;
  }
}
