const UTF8 = new TextDecoder('utf-8');

/** A number of Avro has at most ten bytes, of seven bits each. */
const LONG_BYTES_MAX = 10;

/** Reads what Avro files are framed by (Avro 1.12 specification, "Binary Encoding"). What is not there yet is null. */
export class AvroBytes {
  readonly #bytes: Uint8Array;
  #at: number;
  #isBad = false;

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.#at = from;
  }

  /** Behind what was read. */
  get position(): number {
    return this.#at;
  }

  /** What was read cannot be: more bytes would not mend it. */
  get isBad(): boolean {
    return this.#isBad;
  }

  /** A zigzag number; what is beyond 2^53 is bad, as no file is so large. */
  long(): number | null {
    let value = 0;
    let unit = 1;
    for (let i = 0; i < LONG_BYTES_MAX; i += 1, unit *= 0x80) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) return null;
      this.#at += 1;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) break;
        return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      }
    }
    this.#isBad = true;
    return null;
  }

  /** A zigzag number of 64 bits, to the digit. */
  bigLong(): bigint | null {
    const from = this.#at;
    const quick = this.long();
    if (quick !== null) return BigInt(quick);
    if (!this.#isBad) return null;
    this.#isBad = false;
    this.#at = from;
    return this.#readBigLong();
  }

  #readBigLong(): bigint | null {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) return null;
      this.#at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80 && value < 2n ** 64n) return (value >> 1n) ^ -(value & 1n);
      if (byte < 0x80) break;
    }
    this.#isBad = true;
    return null;
  }

  take(length: number): Uint8Array | null {
    if (this.#at + length > this.#bytes.length) {
      // What is behind a gap would be taken for something else.
      this.#at = this.#bytes.length;
      return null;
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** A map of strings and bytes, as text. Where it breaks off, what comes behind it is null too. */
  map(): ReadonlyMap<string, string> {
    const entries = new Map<string, string>();
    for (;;) {
      const count = this.long();
      if (count === 0) return entries;
      if (count === null) return entries;
      // A negative count has the size of the block behind it, for those who want to pass over it.
      if (count < 0 && this.long() === null) return entries;
      for (let i = 0; i < Math.abs(count); i += 1) {
        const [name, value] = [this.#text(), this.#text()];
        if (name === null || value === null) return entries;
        entries.set(name, value);
      }
    }
  }

  #text(): string | null {
    const length = this.long();
    if (length === null) return null;
    if (length < 0) this.#isBad = true;
    const bytes = length < 0 ? null : this.take(length);
    return bytes === null ? null : UTF8.decode(bytes);
  }
}
