/** One throttle seldom comes alone: those of one second are one sign. */
const SIGN_MS = 1_000;
const CUT = 0.5;
const SHARE_MIN = 1 / 64;
/** From nothing to all of it in 20 s: slower than producers come back from their backoff, quicker than a person waits. */
const RECOVERY_PER_SECOND = 0.05;

/**
 * How much of its cap a shard may be sent, by what it throttles: half at each sign that somebody was refused there, and
 * back by a constant step (additive increase, multiplicative decrease, as TCP does), down to a 64th, as else nobody would
 * learn that there is room again.
 */
export class Yielding {
  #share = 1;
  #atMs = Number.NEGATIVE_INFINITY;

  /** @returns whether it is a new sign */
  throttled(nowMs: number): boolean {
    if (nowMs - this.#atMs < SIGN_MS) return false;
    this.#share = Math.max(SHARE_MIN, this.shareAt(nowMs) * CUT);
    this.#atMs = nowMs;
    return true;
  }

  /** 1/64 .. 1 */
  shareAt(nowMs: number): number {
    if (this.#share === 1) return 1;
    return Math.min(1, this.#share + ((nowMs - this.#atMs) / 1_000) * RECOVERY_PER_SECOND);
  }
}
