const WORDS = 4;
/** Of slots that may be in use: above, looking one up takes long. */
const FILL_MAX = 0.75;

/** Behind the digest's words: who had it first. */
const SLOT_WORDS = WORDS + 1;

/**
 * Remembers at least the last `capacity` different digests, exactly, in memory that is fixed from the start: some 54
 * bytes for each. What fell out is forgotten, so that a duplicate may go unseen and is sent; but nothing is ever taken
 * for a duplicate that is none, as a Bloom filter does: that would lose records. 127 bits of each digest count.
 */
export class FingerprintWindow {
  readonly #capacity: number;
  /** Two generations: when the newer is full the older is forgotten as a whole, and nothing is deleted one by one. */
  #newer: Generation;
  #older: Generation;

  /** @throws RangeError where the capacity is not a whole number above 0 */
  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`A window of fingerprints holds one at least; got ${capacity}`);
    }
    this.#capacity = capacity;
    this.#newer = new Generation(capacity);
    this.#older = new Generation(capacity);
  }

  /**
   * Takes in a digest of at least 16 bytes.
   * @param owner 32 bits that stand for who has it: whoever comes again has not come after another
   * @returns whether another owner had it before
   */
  remember(digest: Uint8Array, owner: number): boolean {
    const words = wordsOf(digest);
    const newer = this.#newer.ownerOf(words);
    if (newer !== null) return newer !== owner;
    const older = this.#older.ownerOf(words);
    if (this.#newer.count === this.#capacity) {
      [this.#newer, this.#older] = [this.#older, this.#newer];
      this.#newer.clear();
    }
    this.#newer.add(words, older ?? owner);
    return older !== null && older !== owner;
  }
}

type Words = readonly [number, number, number, number];

function wordsOf(digest: Uint8Array): Words {
  const view = new DataView(digest.buffer, digest.byteOffset, WORDS * 4);
  // A slot whose words are all 0 is free.
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), (view.getUint32(12) | 1) >>> 0];
}

/** A table of fixed size with linear probing. */
class Generation {
  readonly #slotCount: number;
  readonly #slots: Uint32Array;
  #count = 0;

  constructor(capacity: number) {
    this.#slotCount = Math.ceil(capacity / FILL_MAX) + 1;
    this.#slots = new Uint32Array(this.#slotCount * SLOT_WORDS);
  }

  get count(): number {
    return this.#count;
  }

  /** null where the words are not there. */
  ownerOf(words: Words): number | null {
    const at = this.#find(words);
    return this.#slots[at + WORDS - 1] === 0 ? null : (this.#slots[at + WORDS] ?? null);
  }

  add(words: Words, owner: number): void {
    this.#slots.set([...words, owner], this.#find(words));
    this.#count += 1;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#count = 0;
  }

  /** Where the words are, or the free slot where they belong; there is always one, as it is never full. */
  #find(words: Words): number {
    let slot = words[0] % this.#slotCount;
    for (;;) {
      const at = slot * SLOT_WORDS;
      if (this.#slots[at + WORDS - 1] === 0) return at;
      if (words.every((word, i) => this.#slots[at + i] === word)) return at;
      slot = slot + 1 === this.#slotCount ? 0 : slot + 1;
    }
  }
}
