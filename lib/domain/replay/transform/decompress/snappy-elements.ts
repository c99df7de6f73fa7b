/**
 * Walks the elements of one raw Snappy block (google/snappy, format_description.txt): literals, which stand in the
 * block, and copies of what came out before. It makes nothing of them, and no object for each.
 */
export class SnappyElements {
  readonly #block: Uint8Array;
  #at: number;
  /** What the block says that comes out of it, bytes; null where it does not begin as a block. */
  readonly length: number | null;
  /** Bytes that come out of the elements so far. */
  outBytes = 0;
  /** Of the element at hand: what comes out of it. */
  elementBytes = 0;
  /** How far back a copy begins; 0 for a literal. */
  offset = 0;
  /** Where in the block a literal begins. */
  literalAt = 0;

  constructor(block: Uint8Array) {
    this.#block = block;
    let length = 0;
    let at = 0;
    let unit = 1;
    let byte = 0x80;
    for (; byte >= 0x80 && at < LENGTH_BYTES_MAX; at += 1, unit *= 0x80) {
      byte = block[at] ?? 0xff;
      length += (byte & 0x7f) * unit;
    }
    this.#at = at;
    this.length = byte < 0x80 && length < 2 ** 32 ? length : null;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#block.length;
  }

  /** @returns false where what comes is no element: the block ends in it, or it copies from before the beginning */
  next(): boolean {
    this.outBytes += this.elementBytes;
    this.elementBytes = 0;
    const tag = this.#block[this.#at] ?? 0;
    switch (tag & 3) {
      case 0:
        return this.#takeLiteral(tag >> 2);
      case 1:
        return this.#takeCopy(((tag >> 2) & 7) + 4, 1, (tag >> 5) * 0x100);
      case 2:
        return this.#takeCopy((tag >> 2) + 1, 2, 0);
      default:
        return this.#takeCopy((tag >> 2) + 1, 4, 0);
    }
  }

  #takeLiteral(code: number): boolean {
    const lengthBytes = Math.max(0, code - LITERAL_CODE_MAX);
    const start = this.#at + 1 + lengthBytes;
    const bytes = lengthBytes === 0 ? code + 1 : this.#littleEndian(lengthBytes) + 1;
    if (start + bytes > this.#block.length) return false;
    this.literalAt = start;
    this.offset = 0;
    this.elementBytes = bytes;
    this.#at = start + bytes;
    return true;
  }

  #takeCopy(bytes: number, offsetBytes: number, offsetBase: number): boolean {
    const end = this.#at + 1 + offsetBytes;
    const offset = offsetBase + this.#littleEndian(offsetBytes);
    if (end > this.#block.length || offset === 0 || offset > this.outBytes) return false;
    this.offset = offset;
    this.elementBytes = bytes;
    this.#at = end;
    return true;
  }

  /** Of `count` bytes behind the tag. */
  #littleEndian(count: number): number {
    let value = 0;
    for (let i = count; i > 0; i -= 1) value = value * 0x100 + (this.#block[this.#at + i] ?? 0);
    return value;
  }
}

const LENGTH_BYTES_MAX = 5;
/** Above, a literal's code says of how many bytes its length is. */
const LITERAL_CODE_MAX = 59;
