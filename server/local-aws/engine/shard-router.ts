import { hash } from 'node:crypto';
import { type HashKey, hashKeyFromDigest } from '#lib/domain/hash-key.ts';
import type { EngineShard } from './engine-shard.ts';

/** Keys remembered by each of the cache's two generations. */
const CACHE_KEYS_MAX = 32_768;

/** Where a partition key goes, and how many bytes it counts for. */
export type Route = { readonly shard: EngineShard; readonly keyBytes: number };

/** The place of a partition key in the hash-key space: MD5, as the service defines it. */
function hashPartitionKey(partitionKey: string): HashKey {
  return hashKeyFromDigest(hash('md5', partitionKey, 'buffer'));
}

/**
 * Finds the open shard of a key, for one topology: a stream makes a new router when its open shards
 * change. Recent partition keys are remembered in two generations, of which the older one is
 * forgotten as a whole: most of an LRU for the price of a Map.
 */
export class ShardRouter {
  readonly #shards: readonly EngineShard[];
  readonly #cacheKeysMax: number;
  #young = new Map<string, Route>();
  #old = new Map<string, Route>();

  /** @param shards the open shards; their ranges cover the ring. */
  constructor(shards: readonly EngineShard[], cacheKeysMax = CACHE_KEYS_MAX) {
    this.#cacheKeysMax = cacheKeysMax;
    this.#shards = [...shards].sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  }

  /** Open shards, ascending by range. */
  get shards(): readonly EngineShard[] {
    return this.#shards;
  }

  byPartitionKey(partitionKey: string): Route {
    const known = this.#young.get(partitionKey);
    if (known !== undefined) {
      return known;
    }
    const route = this.#old.get(partitionKey) ?? {
      shard: this.byHashKey(hashPartitionKey(partitionKey)),
      keyBytes: Buffer.byteLength(partitionKey),
    };
    if (this.#young.size >= this.#cacheKeysMax) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(partitionKey, route);
    return route;
  }

  byHashKey(key: HashKey): EngineShard {
    let low = 0;
    let high = this.#shards.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const shard = this.#shards[middle];
      if (shard !== undefined && shard.range.start <= key) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    const shard = this.#shards[low];
    if (shard === undefined) {
      throw new Error('A stream that takes records has open shards');
    }
    return shard;
  }
}
