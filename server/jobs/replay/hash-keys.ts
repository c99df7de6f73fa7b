import { type HashKey, hashKeyFromDigest } from '#lib/domain/hash-key.ts';
import type { Md5 } from '#lib/domain/replay/transform/aggregate/deaggregate.ts';

/** Keys of two generations: archives name the same ones again and again. */
const KEYS_PER_GENERATION = 20_000;

/** Hash keys of partition keys, the ones that were asked for lately remembered. */
export class HashKeys {
  readonly #md5: Md5;
  #newer = new Map<string, HashKey>();
  #older = new Map<string, HashKey>();

  constructor(md5: Md5) {
    this.#md5 = md5;
  }

  /** @param partitionKey 1 to 256 characters */
  of(partitionKey: string): HashKey {
    const known = this.#newer.get(partitionKey);
    if (known !== undefined) return known;
    const hashKey =
      this.#older.get(partitionKey) ?? hashKeyFromDigest(this.#md5(Buffer.from(partitionKey)));
    if (this.#newer.size === KEYS_PER_GENERATION) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(partitionKey, hashKey);
    return hashKey;
  }
}
