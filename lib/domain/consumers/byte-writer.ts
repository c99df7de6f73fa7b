const TEXT = new TextEncoder();

/**
 * Numbers and texts as few bytes: integers in groups of seven bits, the lowest first, the highest bit set in all but
 * the last (LEB128). What it writes, ByteReader reads in the same order.
 */
export class ByteWriter {
  #bytes = new Uint8Array(1_024);
  #length = 0;

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** @param value a whole number from 0 to 2^53 - 1 */
  count(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** Any whole number: those near 0 take the fewest bytes, of either sign. */
  integer(value: bigint): void {
    // Bits of the sign last, so that -1 is as short as 1.
    let rest = value < 0n ? (-value << 1n) - 1n : value << 1n;
    while (rest >= 0x80n) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  float32(value: number): void {
    this.#room(4);
    new DataView(this.#bytes.buffer).setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  text(value: string): void {
    const encoded = TEXT.encode(value);
    this.count(encoded.length);
    this.#room(encoded.length);
    this.#bytes.set(encoded, this.#length);
    this.#length += encoded.length;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}
