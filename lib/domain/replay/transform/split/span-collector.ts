/** Gathers a span of bytes that may reach over several chunks, and holds no more of it than a record may have. */
export class SpanCollector {
  readonly #keptBytesMax: number;
  #parts: Uint8Array[] = [];
  #keptBytes = 0;
  #length = 0;
  #start = 0;

  constructor(keptBytesMax: number) {
    this.#keptBytesMax = keptBytesMax;
  }

  /** Of the whole span so far, kept or not. */
  get length(): number {
    return this.#length;
  }

  get isTooLarge(): boolean {
    return this.#length > this.#keptBytesMax;
  }

  /** Begins a span at `start`, forgetting the one before. */
  open(start: number): void {
    this.#start = start;
    this.#parts = [];
    this.#keptBytes = 0;
    this.#length = 0;
  }

  add(part: Uint8Array): void {
    this.#length += part.length;
    const room = this.#keptBytesMax - this.#keptBytes;
    if (part.length === 0 || room === 0) return;
    const kept = part.length <= room ? part : part.subarray(0, room);
    this.#keptBytes += kept.length;
    this.#parts.push(kept);
  }

  /** The span's end in the object, and what was kept of it: all, unless it is too large. */
  close(): { readonly start: number; readonly end: number; readonly bytes: Uint8Array } {
    return { start: this.#start, end: this.#start + this.#length, bytes: this.#joined() };
  }

  #joined(): Uint8Array {
    const [only] = this.#parts;
    if (only !== undefined && this.#parts.length === 1) return only;
    const whole = new Uint8Array(this.#keptBytes);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}
