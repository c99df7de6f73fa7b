import type { Segment } from './segment.ts';

/** Two references (8 each with the array's slack), the arrival (8) and the size (4). */
const RESERVED_BYTES_PER_ENTRY = 28;

/**
 * Records that are references to the caller's own keys and buffers. For producers inside the process
 * which send the same payloads again and again: their virtual past then costs no copy.
 */
export class SharedSegment implements Segment {
  readonly firstOrdinal: number;
  readonly reservedBytes: number;
  readonly #keys: string[] = [];
  readonly #data: Uint8Array[] = [];
  readonly #arrivals: Float64Array;
  readonly #sizes: Uint32Array;
  #recordBytes = 0;

  constructor(firstOrdinal: number, entries: number) {
    this.firstOrdinal = firstOrdinal;
    this.reservedBytes = entries * RESERVED_BYTES_PER_ENTRY;
    this.#arrivals = new Float64Array(entries);
    this.#sizes = new Uint32Array(entries);
  }

  get count(): number {
    return this.#keys.length;
  }

  get recordBytes(): number {
    return this.#recordBytes;
  }

  append(partitionKey: string, keyBytes: number, data: Uint8Array, arrivalMs: number): boolean {
    const index = this.#keys.length;
    if (index === this.#arrivals.length) {
      return false;
    }
    this.#keys.push(partitionKey);
    this.#data.push(data);
    this.#arrivals[index] = arrivalMs;
    this.#sizes[index] = keyBytes + data.length;
    this.#recordBytes += keyBytes + data.length;
    return true;
  }

  arrivalMs(index: number): number {
    return this.#arrivals[index] ?? 0;
  }

  partitionKey(index: number): string {
    return this.#keys[index] ?? '';
  }

  data(index: number): Uint8Array {
    return this.#data[index] ?? EMPTY;
  }

  sizeBytes(index: number): number {
    return this.#sizes[index] ?? 0;
  }
}

const EMPTY = new Uint8Array(0);
