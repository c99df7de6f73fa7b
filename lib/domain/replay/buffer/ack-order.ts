/** Below this many keys nothing is forgotten: to look for what may be forgotten would cost more than it holds. */
const KEYS_MIN = 1_024;

/**
 * Counts records that were acknowledged after a later one of their partition key: what a reader of the target sees the
 * wrong way round. By the order of first acknowledgements, and of one holder of a slice; records that were written while
 * their answer was lost may lie earlier than they are told.
 *
 * A key is remembered only while a record before it is not done, so that there are no more keys than records between the
 * oldest that is not done and the newest.
 */
export class AckOrder {
  /** Of a key, the greatest serial that was acknowledged. */
  readonly #newest = new Map<string, number>();
  #forgetAt = KEYS_MIN;
  #inversions = 0;

  /** How many keys are remembered. */
  get size(): number {
    return this.#newest.size;
  }

  /**
   * To be told of each record once, in the order of acknowledgements.
   * @param serial the record's place in archive order
   * @param oldest the least serial that is not done among those where one of this key could be; Infinity where all are
   * @param oldestOfAll the least serial that is not done, or one below it
   */
  acknowledged(partitionKey: string, serial: number, oldest: number, oldestOfAll: number): void {
    const mayCome = oldest < serial;
    if (!mayCome && this.#newest.size === 0) return;
    const newest = this.#newest.get(partitionKey);
    if (newest !== undefined && newest > serial) {
      this.#inversions += 1;
      return;
    }
    if (!mayCome) return;
    this.#newest.set(partitionKey, serial);
    if (this.#newest.size >= this.#forgetAt) this.#forget(oldestOfAll);
  }

  /** How many were found since this was last asked. */
  take(): number {
    const found = this.#inversions;
    this.#inversions = 0;
    return found;
  }

  #forget(oldestOfAll: number): void {
    for (const [key, serial] of this.#newest) if (serial < oldestOfAll) this.#newest.delete(key);
    // Twice what is left: so the looking costs a constant a record.
    this.#forgetAt = Math.max(KEYS_MIN, 2 * this.#newest.size);
  }
}
