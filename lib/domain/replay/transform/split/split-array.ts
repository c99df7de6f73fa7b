import { BYTE, BYTE_ORDER_MARK } from './bytes.ts';
import { isJsonSpace, isJsonToken } from './json-bytes.ts';
import { jsonNumber } from './json-number.ts';
import type { Piece, SplitFault, Splitter } from './piece.ts';
import { SpanCollector } from './span-collector.ts';
import { ValueScanner } from './value-scanner.ts';

const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null']);
const LATIN = new TextDecoder('latin1');

/**
 * `outside`: before an array, or behind one. `first`: behind its opening bracket. `next`: behind a comma.
 * `value`: within an object, array or string. `token`: within a number or literal. `behind`: behind an element, of
 * which a comma or the closing bracket has still to say that it was one. `mark`: within a byte order mark.
 * `zeros`: where an element, a comma or an array might be. `lost`: all is quarantined up to where one may begin.
 */
type Mode = 'outside' | 'first' | 'next' | 'value' | 'token' | 'behind' | 'mark' | 'zeros' | 'lost';

/**
 * Cuts the elements of a JSON array apart, of which there is one an object, or several one after the other: a record is
 * the bytes from an element's first to its last, and brackets, commas and white space are framing. It understands and
 * leaves alone what the splitter of JSON values does (`split-json.ts`).
 *
 * An element counts once a comma or the closing bracket stands behind it. Where anything else does, or an element is
 * broken, the search for the next goes on behind a line end, at an object: what else may stand there, or anywhere
 * before, could be a part of a record. An array that the object ends within is told by a piece without bytes, behind
 * what could be read of it.
 */
export class ArraySplitter implements Splitter {
  readonly #scanner = new ValueScanner();
  readonly #span: SpanCollector;
  #mode: Mode = 'outside';
  #isInArray = false;
  #pieces: Piece[] = [];
  /** The element of which it is not sure yet that it is one. */
  #pending: Piece | null = null;
  /** Of the object, before the chunk at hand. */
  #pushedBytes = 0;
  /** Where in the chunk at hand the open span begins, or goes on. */
  #from = 0;
  #framingBytes = 0;
  #trailingBytes = 0;
  #fault: SplitFault = 'unexpected-bytes';
  /** The last byte of the chunk before. */
  #lastByte: number | null = null;

  constructor(options: { readonly recordBytesMax: number }) {
    this.#span = new SpanCollector(options.recordBytesMax);
  }

  get framingBytes(): number {
    return this.#framingBytes;
  }

  get trailingBytes(): number {
    return this.#trailingBytes;
  }

  push(chunk: Uint8Array): Piece[] {
    this.#pieces = [];
    this.#from = 0;
    this.#scanner.enter(chunk);
    let at = 0;
    while (at < chunk.length) at = this.#advance(chunk, at);
    if (this.#isInDoubt || this.#mode === 'zeros') this.#span.add(chunk.subarray(this.#from));
    this.#pushedBytes += chunk.length;
    this.#lastByte = chunk.at(-1) ?? this.#lastByte;
    return this.#pieces;
  }

  end(isWhole: boolean): Piece[] {
    this.#pieces = [];
    this.#settle(null);
    const isUnclosed = this.#isInArray && isWhole && !this.#isInDoubt;
    if (this.#mode === 'zeros') this.#trailingBytes += this.#span.length;
    else if (this.#mode === 'lost') this.#close(this.#fault);
    else if (this.#isInDoubt) this.#close('cut-off');
    if (isUnclosed) this.#tellUnclosed();
    this.#mode = 'outside';
    return this.#pieces;
  }

  /** Bytes have been seen of which it is not known yet what they are, or that are lost. */
  get #isInDoubt(): boolean {
    const mode = this.#mode;
    return mode === 'value' || mode === 'token' || mode === 'mark' || mode === 'lost';
  }

  /** @returns the index of the first byte that was not dealt with. */
  #advance(chunk: Uint8Array, at: number): number {
    switch (this.#mode) {
      case 'outside':
      case 'first':
      case 'next':
      case 'behind':
        return this.#skipSpace(chunk, at);
      case 'value':
        return this.#scanValue(chunk, at);
      case 'token':
        return this.#scanToken(chunk, at);
      case 'mark':
        return this.#scanMark(chunk, at);
      case 'zeros':
        return this.#scanZeros(chunk, at);
      case 'lost':
        return this.#seekLine(chunk, at);
    }
  }

  #skipSpace(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && isJsonSpace(chunk[at] ?? 0)) at += 1;
    this.#framingBytes += at - from;
    const byte = chunk[at];
    if (byte === undefined) return at;
    if (this.#takeFraming(byte)) return at + 1;
    this.#begin(at, byte);
    return at;
  }

  /** Whether a byte is a bracket of the array, or a comma, where one may be. */
  #takeFraming(byte: number): boolean {
    const next = this.#modeBehind(byte);
    if (next === null) return false;
    this.#settle(null);
    this.#framingBytes += 1;
    this.#mode = next;
    this.#isInArray = next !== 'outside';
    return true;
  }

  #modeBehind(byte: number): 'outside' | 'first' | 'next' | null {
    if (this.#mode === 'outside') return byte === BYTE.bracket ? 'first' : null;
    // Some writers put a comma behind the last element, too.
    if (byte === BYTE.bracketEnd) return 'outside';
    return this.#mode === 'behind' && byte === BYTE.comma ? 'next' : null;
  }

  /** Opens a span at `at`, in the mode of which its first byte is. */
  #begin(at: number, byte: number): void {
    const start = this.#pushedBytes + at;
    const isElementDue = this.#mode === 'first' || this.#mode === 'next';
    this.#span.open(start);
    this.#from = at;
    if (byte === BYTE.nul) {
      this.#mode = 'zeros';
    } else if (isElementDue && isOpening(byte)) {
      this.#scanner.begin(at);
      this.#mode = 'value';
    } else if (isElementDue && isJsonToken(byte)) {
      this.#mode = 'token';
    } else if (start === 0 && byte === BYTE_ORDER_MARK[0]) {
      this.#mode = 'mark';
    } else {
      this.#lose('unexpected-bytes');
    }
  }

  #scanValue(chunk: Uint8Array, from: number): number {
    const at = this.#scanner.scan(chunk, from);
    if (this.#scanner.isClosed) this.#suppose(chunk, at);
    else if (this.#scanner.fault !== null) this.#lose(this.#scanner.fault);
    return at;
  }

  #scanToken(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && isJsonToken(chunk[at] ?? 0)) at += 1;
    if (at < chunk.length) this.#suppose(chunk, at, isScalar);
    return at;
  }

  #scanMark(chunk: Uint8Array, from: number): number {
    const place = this.#pushedBytes + from;
    if (chunk[from] !== BYTE_ORDER_MARK[place]) {
      this.#lose('unexpected-bytes');
      return from;
    }
    if (place === BYTE_ORDER_MARK.length - 1) {
      this.#framingBytes += BYTE_ORDER_MARK.length;
      this.#mode = 'outside';
    }
    return from + 1;
  }

  #scanZeros(chunk: Uint8Array, from: number): number {
    let at = from;
    while (chunk[at] === BYTE.nul) at += 1;
    if (at === chunk.length) return at;
    if (this.#isInArray) {
      // Where bytes are missing, what follows may be from the middle of an element.
      this.#lose('zero-bytes');
      return at;
    }
    this.#finish(chunk, at, 'zero-bytes');
    this.#mode = 'outside';
    return at;
  }

  #seekLine(chunk: Uint8Array, from: number): number {
    const wanted = this.#isInArray ? BYTE.brace : BYTE.bracket;
    for (let at = from; at < chunk.length; at += 1) {
      if (chunk[at] === wanted && (chunk[at - 1] ?? this.#lastByte) === BYTE.lf) {
        this.#finish(chunk, at, this.#fault);
        this.#mode = this.#isInArray ? 'next' : 'outside';
        return at;
      }
    }
    return chunk.length;
  }

  /** All from the open span's beginning is lost, and the element before it is none that is delimited. */
  #lose(fault: SplitFault): void {
    this.#settle('unexpected-bytes');
    this.#fault = fault;
    this.#mode = 'lost';
  }

  /** Ends an element before `at`, which counts once it is delimited. */
  #suppose(
    chunk: Uint8Array,
    at: number,
    isValid: (bytes: Uint8Array) => boolean = () => true,
  ): void {
    this.#span.add(chunk.subarray(this.#from, at));
    this.#from = at;
    const { isTooLarge } = this.#span;
    const span = this.#span.close();
    if (!isTooLarge && !isValid(span.bytes)) {
      this.#lose('unexpected-bytes');
      return;
    }
    this.#pending = isTooLarge
      ? { kind: 'quarantined', reason: 'too-large', ...span }
      : { kind: 'record', ...span };
    this.#mode = 'behind';
  }

  /** @param fault why the element at hand is none; null: it is one */
  #settle(fault: SplitFault | null): void {
    const piece = this.#pending;
    if (piece === null) return;
    this.#pending = null;
    this.#pieces.push(fault === null ? piece : { ...piece, kind: 'quarantined', reason: fault });
  }

  /** Ends the open span before `at`. */
  #finish(chunk: Uint8Array, at: number, fault: SplitFault): void {
    this.#span.add(chunk.subarray(this.#from, at));
    this.#close(fault);
  }

  #close(reason: SplitFault): void {
    // Where only the comma before an object at a line is missing, nothing is lost but the element before it.
    if (this.#span.length === 0) return;
    this.#pieces.push({ kind: 'quarantined', reason, ...this.#span.close() });
  }

  #tellUnclosed(): void {
    const end = this.#pushedBytes;
    this.#pieces.push({
      kind: 'quarantined',
      reason: 'cut-off',
      start: end,
      end,
      bytes: new Uint8Array(),
    });
  }
}

function isOpening(byte: number): boolean {
  return byte === BYTE.brace || byte === BYTE.bracket || byte === BYTE.quote;
}

/** What is neither object nor array nor string. */
function isScalar(bytes: Uint8Array): boolean {
  return LITERALS.has(LATIN.decode(bytes)) || jsonNumber(bytes) !== null;
}
