/** Reads the bytes of an object in the order they come, of which some may be looked at before they are taken. */
export class InputReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #position = 0;
  #isAtEnd = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Bytes taken so far: where in the object the next one is. */
  get position(): number {
    return this.#position;
  }

  /**
   * What comes next, without taking it: `count` bytes or more, fewer only before the object's end.
   * @throws what the source throws
   */
  async peek(count: number): Promise<Uint8Array> {
    if (this.#chunk.length >= count || this.#isAtEnd) return this.#chunk;
    const parts = [this.#chunk];
    let bytes = this.#chunk.length;
    try {
      while (bytes < count && !this.#isAtEnd) {
        const next = await this.#source.next();
        if (next.done === true) this.#isAtEnd = true;
        else {
          parts.push(next.value);
          bytes += next.value.length;
        }
      }
    } finally {
      this.#chunk = joined(parts.filter(({ length }) => length > 0));
    }
    return this.#chunk;
  }

  /** @param count of bytes that were peeked at */
  take(count: number): void {
    this.#chunk = this.#chunk.subarray(count);
    this.#position += count;
  }

  /** Lets the source go, read to its end or not. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
