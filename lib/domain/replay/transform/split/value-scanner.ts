import { BYTE } from './bytes.ts';
import { CLOSING, MEANING, OPENING, SEPARATOR, SPACE, TOKEN } from './json-bytes.ts';
import type { MemberWatch } from './member-watch.ts';
import type { SplitFault } from './piece.ts';
import { StringStops } from './string-stops.ts';

/** As deep as a value may be nested; what is deeper was not made by a producer. */
const DEPTH_MAX = 1_024;

/**
 * Finds the end of one JSON object, array or string, over any number of chunks. It checks what tells a value that goes
 * on from one that was cut off with another behind it: that brackets match, that values have a comma or colon between
 * them, and that no string holds a line end. Not more: a record is the producer's business.
 */
export class ValueScanner {
  readonly #watch: MemberWatch | null;
  readonly #stops = new StringStops();
  /** Its opening brackets; of a string at the top level there is none. */
  readonly #openings = new Uint8Array(DEPTH_MAX);
  #depth = 0;
  #isInString = false;
  /** The next byte is escaped by the one before. */
  #isEscaped = false;
  /** A value has just ended, so that a comma, a colon or a bracket has to come. */
  #isAfterValue = false;
  #isClosed = false;
  #fault: SplitFault | null = null;
  /** Where in the chunk the string at hand begins, or went on from the one before. */
  #stringStart = 0;
  /** Where in the chunk the bracket is that opened what is nested in the value at first. */
  #nestedStart = 0;

  /** @param watch is told of the members of each value */
  constructor(watch: MemberWatch | null = null) {
    this.#watch = watch;
  }

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
    this.#watch?.enter(chunk);
  }

  /** Begins a value before its first byte, which is a quote or an opening bracket, at `at` of the chunk. */
  begin(at: number): void {
    this.#watch?.begin(at);
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
      else if (meaning === SEPARATOR) this.#separate(byte, at);
      else if (meaning !== SPACE) {
        if (meaning === CLOSING) this.#close(byte, at);
        else if (meaning === OPENING) this.#open(byte, at);
        else this.#openString(at);
        if (this.#fault !== null) return at;
        if (this.#isInString || this.#isClosed) return at + 1;
      }
    }
    return chunk.length;
  }

  #separate(byte: number, at: number): void {
    this.#isAfterValue = false;
    if (this.#depth !== 1) return;
    if (byte === BYTE.comma) this.#watch?.comma(at);
    else this.#watch?.colon(at);
  }

  #open(byte: number, at: number): void {
    if (this.#isAfterValue) this.#fault = 'unexpected-bytes';
    else if (this.#depth === DEPTH_MAX) this.#fault = 'too-deep';
    else {
      if (this.#depth === 1) this.#nestedStart = at;
      this.#openings[this.#depth] = byte;
      this.#depth += 1;
    }
  }

  #close(byte: number, at: number): void {
    // In ASCII each closing bracket comes two after its opening one.
    if (this.#openings[this.#depth - 1] !== byte - 2) {
      this.#fault = 'brackets-mismatch';
      return;
    }
    this.#depth -= 1;
    this.#isAfterValue = true;
    if (this.#depth === 1) this.#watch?.nested(this.#nestedStart, at + 1);
    else if (this.#depth === 0) {
      this.#watch?.end(at);
      this.#isClosed = true;
    }
  }

  #openString(at: number): void {
    if (this.#isAfterValue) this.#fault = 'unexpected-bytes';
    else {
      this.#stringStart = at;
      this.#isInString = true;
    }
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
        if (this.#depth === 1) this.#watch?.string(this.#stringStart, at + 1);
        else this.#isClosed = this.#depth === 0;
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
