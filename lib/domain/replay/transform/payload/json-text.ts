import { BYTE } from '#lib/domain/replay/transform/split/bytes.ts';
import {
  isJsonSpace,
  isJsonToken,
  type JsonSpan,
} from '#lib/domain/replay/transform/split/json-bytes.ts';
import { jsonNumber } from '#lib/domain/replay/transform/split/json-number.ts';
import { ValueScanner } from '#lib/domain/replay/transform/split/value-scanner.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LETTER_N = 0x6e;
const ASCII_MAX = 0x7f;
const PLAIN_BYTES_MAX = 24;

/** One for all texts, as walking one keeps nothing from call to call, and records are many: what it takes to begin is paid once. */
const SCANNER = new ValueScanner();

/**
 * Walks one JSON text as bytes, making nothing of it: a number stays the digits that it was written in. It takes the
 * text for JSON; where it is not, some of it is not found, and nothing is thrown.
 */
export class JsonText {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The value that the text is. */
  get root(): JsonSpan {
    return { start: this.#skipSpace(0), end: this.#bytes.length };
  }

  /** The bytes of a span, as they are written. */
  written(span: JsonSpan): Uint8Array {
    return this.#bytes.subarray(span.start, span.end);
  }

  /**
   * Calls `visit` with each member of an object, in the order in which they are written. `name` is with its quotes.
   * A visit may not walk this or another text: there is one place at a time.
   * @returns false where the value is no object, or the text breaks off within it
   */
  eachMember(object: JsonSpan, visit: (name: JsonSpan, value: JsonSpan) => void): boolean {
    if (this.#bytes[object.start] !== BYTE.brace) return false;
    return this.#eachEntry(object, (at) => {
      const name = this.#bytes[at] === BYTE.quote ? this.#valueAt(at) : null;
      if (name === null) return null;
      const colon = this.#skipSpace(name.end);
      if (this.#bytes[colon] !== BYTE.colon) return null;
      const value = this.#valueAt(this.#skipSpace(colon + 1));
      if (value !== null) visit(name, value);
      return value;
    });
  }

  /** Whether a member's name, with its quotes, is `name`, whose UTF-8 is `utf8`. */
  isNamed(span: JsonSpan, name: string, utf8: Uint8Array): boolean {
    const from = span.start + 1;
    const length = span.end - 1 - from;
    // Up to the first escape the bytes decide, and mostly there is none.
    for (let i = 0; i < length; i += 1) {
      const byte = this.#bytes[from + i];
      if (byte === BYTE.backslash) return this.string(span) === name;
      if (byte !== utf8[i]) return false;
    }
    return length === utf8.length;
  }

  /** As `eachMember`, of an array. */
  eachElement(array: JsonSpan, visit: (element: JsonSpan) => void): boolean {
    if (this.#bytes[array.start] !== BYTE.bracket) return false;
    return this.#eachEntry(array, (at) => {
      const element = this.#valueAt(at);
      if (element !== null) visit(element);
      return element;
    });
  }

  /** The text of a string, its escapes resolved; null where the value is no string, or not one of UTF-8. */
  string(value: JsonSpan): string | null {
    if (this.#bytes[value.start] !== BYTE.quote) return null;
    const plain = this.#plainText(value.start + 1, value.end - 1);
    if (plain !== null) return plain;
    try {
      const written = UTF8.decode(this.written(value));
      if (!written.includes('\\')) return written.slice(1, -1);
      const parsed: unknown = JSON.parse(written);
      return typeof parsed === 'string' ? parsed : null;
    } catch {
      return null;
    }
  }

  /** The text of a short string of ASCII without escapes, as most keys are: a decoder takes longer to begin. */
  #plainText(start: number, end: number): string | null {
    if (end - start > PLAIN_BYTES_MAX) return null;
    let text = '';
    for (let at = start; at < end; at += 1) {
      const byte = this.#bytes[at] ?? BYTE.backslash;
      if (byte > ASCII_MAX || byte === BYTE.backslash) return null;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** The bytes of a string, its escapes resolved; null where the value is no string. */
  stringBytes(value: JsonSpan): Uint8Array | null {
    if (this.#bytes[value.start] !== BYTE.quote) return null;
    const content = this.written({ start: value.start + 1, end: value.end - 1 });
    if (!content.includes(BYTE.backslash)) return content;
    const text = this.string(value);
    return text === null ? null : new TextEncoder().encode(text);
  }

  isNull(value: JsonSpan): boolean {
    return this.#bytes[value.start] === LETTER_N;
  }

  /** The digits of a number as they are written; null where the value is none. */
  number(value: JsonSpan): string | null {
    return jsonNumber(this.written(value));
  }

  #eachEntry(parent: JsonSpan, take: (at: number) => JsonSpan | null): boolean {
    const opening = this.#bytes[parent.start] ?? 0;
    // In ASCII each closing bracket comes two after its opening one.
    const closing = opening + 2;
    SCANNER.enter(this.#bytes);
    let at = this.#skipSpace(parent.start + 1);
    if (this.#bytes[at] === closing) return true;
    for (;;) {
      const entry = take(at);
      if (entry === null) return false;
      at = this.#skipSpace(entry.end);
      if (this.#bytes[at] === closing) return true;
      if (this.#bytes[at] !== BYTE.comma) return false;
      at = this.#skipSpace(at + 1);
    }
  }

  /** null where no value begins at `at`, or the text breaks off within it. */
  #valueAt(start: number): JsonSpan | null {
    const byte = this.#bytes[start];
    if (byte === BYTE.quote || byte === BYTE.brace || byte === BYTE.bracket) {
      SCANNER.begin(start);
      const end = SCANNER.scan(this.#bytes, start);
      return SCANNER.isClosed ? { start, end } : null;
    }
    let end = start;
    while (end < this.#bytes.length && isJsonToken(this.#bytes[end] ?? 0)) end += 1;
    return end === start ? null : { start, end };
  }

  #skipSpace(from: number): number {
    let at = from;
    while (at < this.#bytes.length && isJsonSpace(this.#bytes[at] ?? 0)) at += 1;
    return at;
  }
}
