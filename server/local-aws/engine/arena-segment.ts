import type { Segment } from './segment.ts';

/** One index entry for so many arena bytes: enough for records of 128 bytes and more to fill the arena. */
const ARENA_BYTES_PER_ENTRY = 128;
const ENTRIES_MIN = 16;

/** Arrival (8), end of the key (4) and end of the data (4) for each record. */
const INDEX_BYTES_PER_ENTRY = 16;

/**
 * Records copied end to end into one buffer, key before data. Costs 16 bytes a record and no object,
 * so that millions of records are a handful of allocations and trimming frees them at once.
 */
export class ArenaSegment implements Segment {
  readonly firstOrdinal: number;
  readonly reservedBytes: number;
  readonly #arena: Buffer;
  readonly #keyEnds: Uint32Array;
  readonly #dataEnds: Uint32Array;
  readonly #arrivals: Float64Array;
  #count = 0;
  #used = 0;

  constructor(firstOrdinal: number, capacityBytes: number) {
    const entries = Math.max(ENTRIES_MIN, Math.ceil(capacityBytes / ARENA_BYTES_PER_ENTRY));
    this.firstOrdinal = firstOrdinal;
    this.reservedBytes = capacityBytes + entries * INDEX_BYTES_PER_ENTRY;
    // Slow: a buffer of its own rather than a slice of the shared pool, so that dropping it frees it.
    this.#arena = Buffer.allocUnsafeSlow(capacityBytes);
    this.#keyEnds = new Uint32Array(entries);
    this.#dataEnds = new Uint32Array(entries);
    this.#arrivals = new Float64Array(entries);
  }

  get count(): number {
    return this.#count;
  }

  get recordBytes(): number {
    return this.#used;
  }

  append(partitionKey: string, keyBytes: number, data: Uint8Array, arrivalMs: number): boolean {
    const index = this.#count;
    const keyStart = this.#used;
    const dataStart = keyStart + keyBytes;
    const dataEnd = dataStart + data.length;
    if (index === this.#arrivals.length || dataEnd > this.#arena.length) {
      return false;
    }
    this.#arena.write(partitionKey, keyStart, keyBytes, 'utf8');
    this.#arena.set(data, dataStart);
    this.#keyEnds[index] = dataStart;
    this.#dataEnds[index] = dataEnd;
    this.#arrivals[index] = arrivalMs;
    this.#used = dataEnd;
    this.#count = index + 1;
    return true;
  }

  arrivalMs(index: number): number {
    return this.#arrivals[index] ?? 0;
  }

  partitionKey(index: number): string {
    return this.#arena.toString('utf8', this.#start(index), this.#keyEnds[index]);
  }

  data(index: number): Buffer {
    return this.#arena.subarray(this.#keyEnds[index], this.#dataEnds[index]);
  }

  sizeBytes(index: number): number {
    return (this.#dataEnds[index] ?? 0) - this.#start(index);
  }

  #start(index: number): number {
    return index === 0 ? 0 : (this.#dataEnds[index - 1] ?? 0);
  }
}
