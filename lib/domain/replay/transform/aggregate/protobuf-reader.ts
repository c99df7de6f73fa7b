/** One field of a protobuf message: a number, or the bytes of a string, bytes or message. */
export type ProtobufField =
  | { readonly number: number; readonly varint: number }
  | { readonly number: number; readonly bytes: Uint8Array };

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/**
 * The fields of one message in the order in which they are written (protobuf.dev, "Encoding"). Fields of fixed width
 * are passed over, as no message that we read has any. Views, not copies.
 * @returns null where the bytes are not a message, or a number is above 2^53 - 1
 */
export function readFields(message: Uint8Array): ProtobufField[] | null {
  const reader = new Reader(message);
  const fields: ProtobufField[] = [];
  while (!reader.isAtEnd) {
    const tag = reader.varint();
    if (tag === null || tag < 8) return null;
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === VARINT) {
      const varint = reader.varint();
      if (varint === null) return null;
      fields.push({ number, varint });
    } else {
      const length = lengthOf(wireType, reader);
      const bytes = length === null ? null : reader.take(length);
      if (bytes === null) return null;
      if (wireType === LENGTH_DELIMITED) fields.push({ number, bytes });
    }
  }
  return fields;
}

function lengthOf(wireType: number, reader: Reader): number | null {
  if (wireType === LENGTH_DELIMITED) return reader.varint();
  if (wireType === FIXED_64) return 8;
  return wireType === FIXED_32 ? 4 : null;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  varint(): number | null {
    let value = 0;
    for (let unit = 1; unit <= Number.MAX_SAFE_INTEGER; unit *= 0x80) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) return null;
      this.#at += 1;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value <= Number.MAX_SAFE_INTEGER ? value : null;
    }
    return null;
  }

  take(length: number): Uint8Array | null {
    if (length > this.#bytes.length - this.#at) return null;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
