/** What arrived is no CBOR, or breaks off. */
export class CborFault extends Error {
  override readonly name = 'CborFault';
}

/**
 * Reads one value of CBOR (RFC 8949), of definite or indefinite length: structures become plain objects without the
 * members that are null, as the SDK reads JSON; tags are dropped, and integers are numbers.
 * @throws CborFault
 */
export function readCbor(bytes: Buffer): unknown {
  const reader = new CborReader(bytes);
  const value = reader.value();
  if (!reader.isAtEnd) throw new CborFault('More follows the value.');
  return value;
}

const INDEFINITE = 31;
const BREAK = 0xff;

/** Of an answer the names of members, and the ids of shards, come again in each record: they are made once. */
const KNOWN_TEXTS = 512;
const KNOWN_TEXT_BYTES_MAX = 32;
const knownTexts: string[] = new Array<string>(KNOWN_TEXTS).fill('');

class CborReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(): unknown {
    const head = this.#byte();
    const kind = head >> 5;
    const info = head & 31;
    switch (kind) {
      case 0:
        return this.#length(info);
      case 1:
        return -1 - this.#length(info);
      case 2:
        return Buffer.concat(this.#chunks(kind, info));
      case 3:
        return info === INDEFINITE
          ? Buffer.concat(this.#chunks(kind, info)).toString()
          : this.#text(this.#length(info));
      case 4:
        return this.#list(info);
      case 5:
        return this.#structure(info);
      case 6:
        this.#length(info);
        return this.value();
      default:
        return this.#simple(info);
    }
  }

  #list(info: number): unknown[] {
    const items: unknown[] = [];
    const count = this.#count(info);
    while (items.length < count && !this.#isBreak(info)) items.push(this.value());
    return items;
  }

  #structure(info: number): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    const count = this.#count(info);
    for (let i = 0; i < count && !this.#isBreak(info); i += 1) {
      const name = this.value();
      if (typeof name !== 'string') throw new CborFault('A member has a name that is no text.');
      const member = this.value();
      if (member !== null) members[name] = member;
    }
    return members;
  }

  #chunks(kind: number, info: number): Buffer[] {
    if (info !== INDEFINITE) return [this.#take(this.#length(info))];
    const chunks: Buffer[] = [];
    while (!this.#isBreak(info)) {
      const head = this.#byte();
      if (head >> 5 !== kind) throw new CborFault('A chunk is of another kind than the whole.');
      chunks.push(this.#take(this.#length(head & 31)));
    }
    return chunks;
  }

  #text(length: number): string {
    const start = this.#at;
    if (length > KNOWN_TEXT_BYTES_MAX) return this.#take(length).toString();
    if (start + length > this.#bytes.length) throw brokenOff();
    const slot = this.#slotOf(start, length);
    const known = knownTexts[slot] ?? '';
    if (this.#isText(known, start, length)) {
      this.#at = start + length;
      return known;
    }
    const text = this.#take(length).toString();
    knownTexts[slot] = text;
    return text;
  }

  #slotOf(start: number, length: number): number {
    let sum = length;
    for (let i = start; i < start + length; i += 1) sum = (sum * 31 + (this.#bytes[i] ?? 0)) | 0;
    return sum & (KNOWN_TEXTS - 1);
  }

  /** Only of ASCII: other texts have bytes that are no code of a character. */
  #isText(text: string, start: number, length: number): boolean {
    if (text.length !== length) return false;
    for (let i = 0; i < length; i += 1) {
      const byte = this.#bytes[start + i] ?? 0;
      if (byte > 0x7f || byte !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  #simple(info: number): unknown {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 26:
        return this.#take(4).readFloatBE(0);
      case 27:
        return this.#take(8).readDoubleBE(0);
      default:
        throw new CborFault(`No value begins with ${(0xe0 | info).toString(16)}.`);
    }
  }

  #count(info: number): number {
    return info === INDEFINITE ? Number.POSITIVE_INFINITY : this.#length(info);
  }

  /** Takes the end of what has an indefinite length, where it comes next. */
  #isBreak(info: number): boolean {
    if (info !== INDEFINITE || this.#bytes[this.#at] !== BREAK) return false;
    this.#at += 1;
    return true;
  }

  #length(info: number): number {
    if (info < 24) return info;
    switch (info) {
      case 24:
        return this.#byte();
      case 25:
        return this.#take(2).readUInt16BE(0);
      case 26:
        return this.#take(4).readUInt32BE(0);
      case 27:
        return Number(this.#take(8).readBigUInt64BE(0));
      default:
        throw new CborFault('A length is not well-formed.');
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw brokenOff();
    this.#at += 1;
    return byte;
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw brokenOff();
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}

function brokenOff(): CborFault {
  return new CborFault('It breaks off.');
}
