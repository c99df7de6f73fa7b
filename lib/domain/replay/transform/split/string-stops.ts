import { BYTE } from './bytes.ts';

/** Up to here a string is looked through byte by byte: as many cost what a search of the runtime costs to begin. */
const SHORT_BYTES = 80;

const IS_STOP = new Uint8Array(256);
for (const byte of [BYTE.quote, BYTE.backslash, BYTE.lf]) IS_STOP[byte] = 1;

/**
 * Finds where the reading of a JSON string has to stop: quotes, backslashes and line ends. Most bytes of most archives
 * are text, so they are searched for by the runtime, which passes over many at a time, and each that was found is
 * remembered until the reading is past it.
 */
export class StringStops {
  #chunk: Uint8Array = new Uint8Array();
  #quoteAt = -1;
  #backslashAt = -1;
  #lineEndAt = -1;

  /** Forgets the chunk before. In one chunk, `nextFrom` only goes forward. */
  enter(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#quoteAt = -1;
    this.#backslashAt = -1;
    this.#lineEndAt = -1;
  }

  /** @returns the index of the first stop from `from` on, or the chunk's length where there is none. */
  nextFrom(from: number): number {
    const chunk = this.#chunk;
    const shortEnd = Math.min(from + SHORT_BYTES, chunk.length);
    for (let at = from; at < shortEnd; at += 1) {
      if (IS_STOP[chunk[at] ?? 0] === 1) return at;
    }
    if (this.#quoteAt < shortEnd) this.#quoteAt = this.#seek(BYTE.quote, shortEnd);
    if (this.#backslashAt < shortEnd) this.#backslashAt = this.#seek(BYTE.backslash, shortEnd);
    if (this.#lineEndAt < shortEnd) this.#lineEndAt = this.#seek(BYTE.lf, shortEnd);
    return Math.min(this.#quoteAt, this.#backslashAt, this.#lineEndAt);
  }

  #seek(byte: number, from: number): number {
    const at = this.#chunk.indexOf(byte, from);
    return at < 0 ? this.#chunk.length : at;
  }
}
