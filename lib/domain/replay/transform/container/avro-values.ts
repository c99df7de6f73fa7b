import { AvroBytes } from './avro-bytes.ts';
import type { AvroType } from './avro-schema.ts';
import { writtenBytes, writtenDouble } from './written-json.ts';

/** As deep as a value may be nested, in a type that holds itself. */
const DEPTH_MAX = 200;

/** Items may take no bytes at all; with more of them than this beyond the block's bytes, it was made to harm. */
const EMPTY_ITEMS_MAX = 100_000;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A payload for each value of a block. Bytes and text at the top are as they were; all else is written as JSON, to the
 * digit: bytes in base64, unions as what they hold, and what JSON has no number for as null.
 * @param block its values, decompressed
 * @param textMax characters; of a value that takes more, `too-large` is said instead
 * @returns null where the values do not fit the type, or do not end where the block does
 */
export function avroPayloads(
  block: Uint8Array,
  count: number,
  type: AvroType,
  textMax: number,
): readonly (Uint8Array | 'too-large')[] | null {
  const writer = new ValueWriter(block, textMax);
  const payloads: (Uint8Array | 'too-large')[] = [];
  try {
    for (let i = 0; i < count; i += 1) payloads.push(writer.payload(type));
  } catch (error) {
    if (error instanceof NoValue) return null;
    throw error;
  }
  return writer.isAtEnd ? payloads : null;
}

class NoValue extends Error {}

class ValueWriter {
  readonly #bytes: AvroBytes;
  readonly #length: number;
  readonly #textMax: number;
  #itemsLeft: number;
  #parts: string[] = [];
  #textLength = 0;

  constructor(block: Uint8Array, textMax: number) {
    this.#bytes = new AvroBytes(block, 0);
    this.#length = block.length;
    this.#textMax = textMax;
    this.#itemsLeft = block.length + EMPTY_ITEMS_MAX;
  }

  get isAtEnd(): boolean {
    return this.#bytes.position === this.#length;
  }

  payload(type: AvroType): Uint8Array | 'too-large' {
    this.#countItem();
    if (type.kind === 'bytes' || type.kind === 'string') return this.#sizedBytes();
    this.#parts = [];
    this.#textLength = 0;
    this.#write(type, 0);
    if (this.#textLength > this.#textMax) return 'too-large';
    return new TextEncoder().encode(this.#parts.join(''));
  }

  #write(type: AvroType, depth: number): void {
    if (depth > DEPTH_MAX) throw new NoValue();
    switch (type.kind) {
      case 'null':
        this.#put('null');
        break;
      case 'boolean':
        this.#put(this.#boolean());
        break;
      case 'int':
      case 'long':
        this.#put(String(this.#integer()));
        break;
      case 'float':
        this.#put(writtenDouble(this.#view(4).getFloat32(0, true)));
        break;
      case 'double':
        this.#put(writtenDouble(this.#view(8).getFloat64(0, true)));
        break;
      case 'bytes':
        this.#put(writtenBytes(this.#sizedBytes()));
        break;
      case 'fixed':
        this.#put(writtenBytes(this.#take(type.size)));
        break;
      case 'string':
        this.#put(JSON.stringify(this.#text()));
        break;
      case 'enum':
        this.#put(JSON.stringify(chosen(type.symbols, this.#count())));
        break;
      case 'union':
        this.#write(chosen(type.branches, this.#count()), depth + 1);
        break;
      case 'array':
        this.#put('[');
        this.#eachItem(() => this.#write(type.items, depth + 1));
        this.#put(']');
        break;
      case 'map':
        this.#put('{');
        this.#eachItem(() => {
          this.#put(`${JSON.stringify(this.#text())}:`);
          this.#write(type.items, depth + 1);
        });
        this.#put('}');
        break;
      case 'record':
        this.#put('{');
        type.fields.forEach((field, i) => {
          this.#put(i === 0 ? field.label : `,${field.label}`);
          this.#write(field.type, depth + 1);
        });
        this.#put('}');
        break;
    }
  }

  #eachItem(write: () => void): void {
    let isFirst = true;
    for (;;) {
      const said = this.#long();
      if (said === 0) return;
      // With its sign turned round, the size of the items comes first.
      if (said < 0) this.#long();
      for (let left = Math.abs(said); left > 0; left -= 1) {
        this.#countItem();
        if (!isFirst) this.#put(',');
        isFirst = false;
        write();
      }
    }
  }

  #countItem(): void {
    this.#itemsLeft -= 1;
    if (this.#itemsLeft < 0) throw new NoValue();
  }

  /** What is beyond the largest record is walked through, but not kept. */
  #put(text: string): void {
    this.#textLength += text.length;
    if (this.#textLength <= this.#textMax) this.#parts.push(text);
  }

  #boolean(): 'true' | 'false' {
    const [byte] = this.#take(1);
    if (byte !== 0 && byte !== 1) throw new NoValue();
    return byte === 1 ? 'true' : 'false';
  }

  #integer(): bigint {
    return this.#bytes.bigLong() ?? fail();
  }

  #long(): number {
    return this.#bytes.long() ?? fail();
  }

  #count(): number {
    const count = this.#long();
    return count < 0 ? fail() : count;
  }

  #text(): string {
    try {
      return UTF8.decode(this.#sizedBytes());
    } catch (error) {
      if (error instanceof TypeError) throw new NoValue();
      throw error;
    }
  }

  #sizedBytes(): Uint8Array {
    return this.#take(this.#count());
  }

  #take(length: number): Uint8Array {
    return this.#bytes.take(length) ?? fail();
  }

  #view(length: number): DataView {
    const bytes = this.#take(length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }
}

function fail(): never {
  throw new NoValue();
}

function chosen<Choice>(choices: readonly Choice[], index: number): Choice {
  return choices[index] ?? fail();
}
