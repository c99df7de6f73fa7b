import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { EngineShard } from './engine-shard.ts';

/** Shards that are asked for room before a record is given up to the limit of the first. */
const TRIES_MAX = 8;

type Loaded = { readonly shard: EngineShard; load: number };

/**
 * Gives records to the open shards of one topology in turn, by load: the next one goes to the shard that has been
 * given least so far, in seconds of the limit that the record uses most, or, where that shard has no room now, to one
 * of the next. A binary heap: logarithmic in the shards.
 *
 * AWS says of its AUTO strategy only that it spreads "evenly across shards using service-managed algorithms"
 * (UpdateStreamRecordDistributionStrategy); that it goes by load and not by turns is assumed.
 */
export class ShardSpreader {
  readonly #heap: Loaded[];

  /** @param shards the open shards, at least one. */
  constructor(shards: readonly EngineShard[]) {
    this.#heap = shards.map((shard) => ({ shard, load: 0 }));
  }

  /** Chooses the shard of a record of so many bytes, and counts it there. */
  next(bytes: number, nowMs: number): EngineShard {
    const passed: Loaded[] = [];
    let chosen = this.#pop();
    while (!hasRoom(chosen.shard, nowMs) && passed.length < TRIES_MAX && this.#heap.length > 0) {
      passed.push(chosen);
      chosen = this.#pop();
    }
    const [first] = passed;
    if (first !== undefined && !hasRoom(chosen.shard, nowMs)) {
      // Nobody has room: it is the first one's to refuse.
      passed[0] = chosen;
      chosen = first;
    }
    for (const each of passed) {
      this.#push(each);
    }
    chosen.load += loadOf(bytes);
    this.#push(chosen);
    return chosen.shard;
  }

  #pop(): Loaded {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (top === undefined || last === undefined) {
      throw new Error('A stream that takes records has open shards');
    }
    if (top !== last) {
      this.#sink(last);
    }
    return top;
  }

  #push(entry: Loaded): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >>> 1;
      const parent = heap[above];
      if (parent === undefined || parent.load <= entry.load) {
        break;
      }
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  #sink(entry: Loaded): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = right !== undefined && left !== undefined && right.load < left.load;
      const lesser = isRight ? right : left;
      if (lesser === undefined || lesser.load >= entry.load) {
        break;
      }
      heap[at] = lesser;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = entry;
  }
}

function hasRoom({ limiter }: EngineShard, nowMs: number): boolean {
  return limiter === null || limiter.admitsWrite(nowMs);
}

/** Seconds of a shard that a record takes. */
function loadOf(bytes: number): number {
  return Math.max(
    bytes / SHARD_LIMITS.writeBytesPerSecondMax,
    1 / SHARD_LIMITS.writeRecordsPerSecondMax,
  );
}
