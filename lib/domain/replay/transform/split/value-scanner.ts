import { BYTE } from './bytes.ts';
import type { SplitFault } from './piece.ts';
import { StringStops } from './string-stops.ts';

/** As deep as a value may be nested; what is deeper was not made by a producer. */
const DEPTH_MAX = 1_024;

/** What a byte means outside strings. */
const TOKEN = 0;
const SPACE = 1;
const SEPARATOR = 2;
const OPENING = 3;
const CLOSING = 4;
const QUOTE = 5;

const MEANING = new Uint8Array(256).fill(TOKEN);
for (const byte of [BYTE.space, BYTE.tab, BYTE.lf, BYTE.cr]) MEANING[byte] = SPACE;
for (const byte of [BYTE.comma, BYTE.colon]) MEANING[byte] = SEPARATOR;
for (const byte of [BYTE.brace, BYTE.bracket]) MEANING[byte] = OPENING;
for (const byte of [BYTE.braceEnd, BYTE.bracketEnd]) MEANING[byte] = CLOSING;
MEANING[BYTE.quote] = QUOTE;

/** What JSON takes for white space. */
export function isJsonSpace(byte: number): boolean {
  return MEANING[byte] === SPACE;
}

/** Whether a byte may be part of a number or literal: of what neither a quote nor a bracket begins. */
export function isJsonToken(byte: number): boolean {
  return MEANING[byte] === TOKEN;
}

/**
 * Finds the end of one JSON object, array or string, over any number of chunks. It checks what tells a value that goes
 * on from one that was cut off with another behind it: that brackets match, that values have a comma or colon between
 * them, and that no string holds a line end. Not more: a record is the producer's business.
 */
export class ValueScanner {
  /** Its opening brackets; of a string at the top level there is none. */
  readonly #stops = new StringStops();
  readonly #openings = new Uint8Array(DEPTH_MAX);
  #depth = 0;
  #isInString = false;
  /** The next byte is escaped by the one before. */
  #isEscaped = false;
  /** A value has just ended, so that a comma, a colon or a bracket has to come. */
  #isAfterValue = false;
  #isClosed = false;
  #fault: SplitFault | null = null;

  /** The last byte that `scan` took ended the value. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** What is wrong with the first byte that `scan` did not take. */
  get fault(): SplitFault | null {
    return this.#fault;
  }

  /** Before the first `scan` of each chunk. */
  enter(chunk: Uint8Array): void {
    this.#stops.enter(chunk);
  }

  /** Begins a value before its first byte, which is a quote or an opening bracket. */
  begin(): void {
    this.#depth = 0;
    this.#isInString = false;
    this.#isEscaped = false;
    this.#isAfterValue = false;
    this.#isClosed = false;
    this.#fault = null;
  }

  /**
   * @param chunk that was entered
   * @returns the index of the first byte that was not taken: the value has ended, is at fault, or goes on in
   * the next chunk.
   */
  scan(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && !this.#isClosed && this.#fault === null) {
      at = this.#isInString ? this.#scanString(chunk, at) : this.#scanStructure(chunk, at);
    }
    return at;
  }

  #scanStructure(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      const meaning = MEANING[byte];
      if (meaning === TOKEN) this.#isAfterValue = true;
      else if (meaning === SEPARATOR) this.#isAfterValue = false;
      else if (meaning !== SPACE) {
        if (meaning === CLOSING) this.#close(byte);
        else if (meaning === OPENING) this.#open(byte);
        else this.#openString();
        if (this.#fault !== null) return at;
        if (this.#isInString || this.#isClosed) return at + 1;
      }
    }
    return chunk.length;
  }

  #open(byte: number): void {
    if (this.#isAfterValue) this.#fault = 'unexpected-bytes';
    else if (this.#depth === DEPTH_MAX) this.#fault = 'too-deep';
    else {
      this.#openings[this.#depth] = byte;
      this.#depth += 1;
    }
  }

  #close(byte: number): void {
    // In ASCII each closing bracket comes two after its opening one.
    if (this.#openings[this.#depth - 1] !== byte - 2) {
      this.#fault = 'brackets-mismatch';
      return;
    }
    this.#depth -= 1;
    this.#isAfterValue = true;
    this.#isClosed = this.#depth === 0;
  }

  #openString(): void {
    if (this.#isAfterValue) this.#fault = 'unexpected-bytes';
    else this.#isInString = true;
  }

  #scanString(chunk: Uint8Array, from: number): number {
    let at = this.#isEscaped ? from + 1 : from;
    this.#isEscaped = false;
    while (at < chunk.length) {
      at = this.#stops.nextFrom(at);
      const byte = chunk[at];
      if (byte === BYTE.quote) {
        this.#isInString = false;
        this.#isAfterValue = true;
        this.#isClosed = this.#depth === 0;
        return at + 1;
      }
      if (byte === BYTE.lf) {
        this.#fault = 'line-break-in-string';
        return at;
      }
      // A backslash takes the byte behind it along; where the chunk ends there is none.
      if (byte === BYTE.backslash) at += 2;
    }
    this.#isEscaped = at > chunk.length;
    return chunk.length;
  }
}
