/** Slots that the second is cut into: a window errs by at most one of them, 50 ms. */
const SLOTS_PER_SECOND = 20;
const SLOT_MS = 1_000 / SLOTS_PER_SECOND;

/**
 * The burst allowance: how many seconds' worth of a limit a shard that rested takes at once. A whole
 * second, because Kinesis counts by the second: 500 records in one call, twice a second, are within
 * 1,000 a second. Nothing is saved up beyond it, so ten seconds accept ten seconds' worth.
 */
export const BURST_SECONDS = 1;

/**
 * A limit of so much in any second: a sliding window which admits while it is below its limit.
 *
 * What the last admitted charge takes above the limit is a debt that fills the seconds after it, so
 * the mean holds for charges of any size. That is what AWS says of reads: an answer of 10 MiB from a
 * shard of 2 MiB/s keeps the shard shut for 5 s.
 */
export class RateWindow {
  readonly #limit: number;
  readonly #slots = new Float64Array(SLOTS_PER_SECOND);
  #slot = 0;
  #slotEndMs = 0;
  #sum = 0;
  #debt = 0;

  constructor(limitPerSecond: number) {
    this.#limit = limitPerSecond * BURST_SECONDS;
  }

  /** Would a charge be admitted now, whatever its size? */
  admits(nowMs: number): boolean {
    if (nowMs >= this.#slotEndMs) {
      this.#advance(nowMs);
    }
    return this.#sum < this.#limit;
  }

  /** Takes `amount`; ask `admits` first, at the same instant. */
  charge(amount: number): void {
    const taken = Math.min(amount, this.#limit - this.#sum);
    this.#debt += amount - taken;
    this.#fill(taken);
  }

  #fill(amount: number): void {
    const at = this.#slot % SLOTS_PER_SECOND;
    this.#slots[at] = (this.#slots[at] ?? 0) + amount;
    this.#sum += amount;
  }

  #advance(nowMs: number): void {
    const target = Math.floor(nowMs / SLOT_MS);
    while (this.#slot < target) {
      if (this.#sum === 0 && this.#debt === 0) {
        // At rest: every slot is empty, so the rest of the gap needs no walking.
        this.#slot = target;
        break;
      }
      this.#slot += 1;
      const at = this.#slot % SLOTS_PER_SECOND;
      this.#sum -= this.#slots[at] ?? 0;
      this.#slots[at] = 0;
      if (this.#debt > 0) {
        const repaid = Math.min(this.#debt, this.#limit - this.#sum);
        this.#debt -= repaid;
        this.#fill(repaid);
      }
    }
    this.#slotEndMs = (this.#slot + 1) * SLOT_MS;
  }
}
