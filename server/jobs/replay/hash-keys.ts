import { hash } from 'node:crypto';
import { type HashKey, hashKeyFromDigest } from '#lib/domain/hash-key.ts';

/** Keys of two generations: archives name the same ones again and again. */
const KEYS_PER_GENERATION = 20_000;

/** Hash keys of partition keys, the ones that were asked for lately remembered. */
export class HashKeys {
  #newer = new Map<string, HashKey>();
  #older = new Map<string, HashKey>();

  /** @param partitionKey 1 to 256 characters */
  of(partitionKey: string): HashKey {
    const known = this.#newer.get(partitionKey);
    if (known !== undefined) return known;
    const hashKey =
      this.#older.get(partitionKey) ?? hashKeyFromDigest(hash('md5', partitionKey, 'buffer'));
    if (this.#newer.size === KEYS_PER_GENERATION) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(partitionKey, hashKey);
    return hashKey;
  }
}
