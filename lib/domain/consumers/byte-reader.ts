const TEXT = new TextDecoder('utf-8', { fatal: true });

/** Reads what ByteWriter wrote, in the same order. Each throws RangeError where the bytes end too soon. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined)
      throw new RangeError(`Bytes end at ${this.#at}, and more was expected`);
    this.#at += 1;
    return value;
  }

  count(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
  }

  integer(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return (value & 1n) === 1n ? -((value + 1n) >> 1n) : value >> 1n;
    }
  }

  float32(): number {
    const { buffer, byteOffset } = this.#take(4);
    return new DataView(buffer, byteOffset, 4).getFloat32(0, true);
  }

  text(): string {
    return TEXT.decode(this.#take(this.count()));
  }

  #take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) {
      throw new RangeError(`Bytes end at ${this.#bytes.length}, and more was expected`);
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
