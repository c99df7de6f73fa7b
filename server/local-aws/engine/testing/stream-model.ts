import { createHash } from 'node:crypto';

export const RING_END = 2n ** 128n - 1n;
export const RETENTION_MS = 24 * 3_600_000;

const DAY_MS = 86_400_000;
const SCALINGS_PER_DAY_MAX = 10;

/** A record as a producer knows it. */
export type ModelRecord = { readonly text: string; readonly arrivalMs: number };

/** All that was put, by partition key, in the order of the puts. */
export type PutRecords = ReadonlyMap<string, readonly ModelRecord[]>;

type Partition = { readonly fromMs: number; readonly starts: readonly bigint[] };

/** What a call has to come to: `ok`, or the code of the exception. */
export type Outcome =
  | 'ok'
  | 'InvalidArgumentException'
  | 'LimitExceededException'
  | 'ResourceInUseException';

/**
 * One provisioned stream as its documents describe it, in the plainest terms: where the open shards begin, since when,
 * and what was put. It shares no code with the engine that it judges.
 */
export class StreamModel {
  readonly transitionMs: number;
  readonly #put = new Map<string, ModelRecord[]>();
  #putCount = 0;
  readonly #partitions: Partition[];
  readonly #scaledAtMs: number[] = [];
  #activeFromMs: number;

  /** @param atMs when the first shards are open. */
  constructor(shardCount: number, atMs: number, transitionMs: number) {
    this.transitionMs = transitionMs;
    this.#activeFromMs = atMs;
    this.#partitions = [{ fromMs: atMs, starts: evenStarts(shardCount) }];
  }

  get put(): PutRecords {
    return this.#put;
  }

  /** How many records were put: a number that no record has yet. */
  get putCount(): number {
    return this.#putCount;
  }

  notePut(key: string, records: readonly ModelRecord[]): void {
    this.#put.set(key, [...(this.#put.get(key) ?? []), ...records]);
    this.#putCount += records.length;
  }

  /** Where the open shards begin at an instant, ascending; the first one at 0. */
  startsAt(timeMs: number): readonly bigint[] {
    return this.#partitions.findLast(({ fromMs }) => fromMs <= timeMs)?.starts ?? [];
  }

  /** The instants at which shards were opened, ascending. */
  get changesMs(): readonly number[] {
    return this.#partitions.map(({ fromMs }) => fromMs);
  }

  /** Inclusive ends of the range that holds a hash key. */
  rangeOf(hash: bigint, timeMs: number): readonly [bigint, bigint] {
    const starts = this.startsAt(timeMs);
    const at = starts.findLastIndex((start) => start <= hash);
    return [starts[at] ?? 0n, (starts[at + 1] ?? RING_END + 1n) - 1n];
  }

  /** Cuts the shard that begins at `start`, so that its right half begins at `cut`. */
  split(start: bigint, cut: bigint, nowMs: number): Outcome {
    if (nowMs < this.#activeFromMs) {
      return 'ResourceInUseException';
    }
    const [, end] = this.rangeOf(start, nowMs);
    if (cut <= start + 1n || cut >= end) {
      return 'InvalidArgumentException';
    }
    this.#change([...this.startsAt(nowMs), cut], nowMs);
    return 'ok';
  }

  /** Merges the shard that begins at `start` with the one on its left. */
  merge(start: bigint, nowMs: number): Outcome {
    if (nowMs < this.#activeFromMs) {
      return 'ResourceInUseException';
    }
    this.#change(
      this.startsAt(nowMs).filter((each) => each !== start),
      nowMs,
    );
    return 'ok';
  }

  scale(target: number, nowMs: number): Outcome {
    if (nowMs < this.#activeFromMs) {
      return 'ResourceInUseException';
    }
    const present = this.startsAt(nowMs).length;
    const today = this.#scaledAtMs.filter((atMs) => atMs > nowMs - DAY_MS).length;
    if (target > present * 2 || target * 2 < present || today >= SCALINGS_PER_DAY_MAX) {
      return 'LimitExceededException';
    }
    this.#scaledAtMs.push(nowMs);
    this.#change(evenStarts(target), nowMs);
    return 'ok';
  }

  #change(starts: readonly bigint[], nowMs: number): void {
    this.#activeFromMs = nowMs + this.transitionMs;
    this.#partitions.push({
      fromMs: this.#activeFromMs,
      starts: starts.toSorted((a, b) => (a < b ? -1 : 1)),
    });
  }
}

/** Where a partition key lies: "an MD5 hash function is used to map partition keys to 128-bit integer values". */
export function hashOfKey(key: string): bigint {
  return BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
}

/** As AWS cuts the ring: for 3 shards at 113427455640312821154458202477256070485 and 226854911280625642308916404954512140970. */
function evenStarts(count: number): readonly bigint[] {
  return Array.from({ length: count }, (_, i) => ((RING_END + 1n) * BigInt(i)) / BigInt(count));
}
