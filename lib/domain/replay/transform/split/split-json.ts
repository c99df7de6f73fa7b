import { BYTE, BYTE_ORDER_MARK } from './bytes.ts';
import { isJsonSpace, type JsonSpan } from './json-bytes.ts';
import { jsonNumber } from './json-number.ts';
import { MemberWatch } from './member-watch.ts';
import type { Piece, SplitFault, Splitter } from './piece.ts';
import { SpanCollector } from './span-collector.ts';
import { ValueScanner } from './value-scanner.ts';

const NUMBER_BYTES = new Set(new TextEncoder().encode('0123456789+-.eE'));

/** The literals of JSON by their first byte. */
const LITERALS: ReadonlyMap<number, Uint8Array> = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), new TextEncoder().encode(word)]),
);

type Member = JsonSpan | null | undefined;

const ANY = () => true;

/**
 * `between`: no value has begun. `value`: an object, array or string. `word`: a literal or a byte order mark.
 * `lost`: something was wrong, and all is quarantined up to the next line that begins with a bracket.
 */
type Mode = 'between' | 'value' | 'number' | 'word' | 'zeros' | 'lost';

/**
 * Cuts JSON values apart that stand one after the other, with white space between them or without, and makes nothing of
 * them: a record is the bytes from a value's first to its last. Strings and escapes are understood, so a `}{` within
 * one cuts nothing; numbers are never read. Where a value is broken the search for the next goes on behind a line end,
 * which no string contains: anywhere else a part of a record might be taken for a record, and sent.
 */
export class JsonSplitter implements Splitter {
  readonly #watch: MemberWatch | null;
  readonly #scanner: ValueScanner;
  readonly #span: SpanCollector;
  #mode: Mode = 'between';
  #pieces: Piece[] = [];
  /** Of the object, before the chunk at hand. */
  #pushedBytes = 0;
  /** Where in the chunk at hand the open span begins, or goes on. */
  #from = 0;
  #framingBytes = 0;
  #trailingBytes = 0;
  /** Why the splitter is lost. */
  #fault: SplitFault = 'unexpected-bytes';
  #word: Uint8Array = BYTE_ORDER_MARK;
  #matchedBytes = 0;
  /** The last byte of the chunk before; null at the object's beginning. */
  #lastByte: number | null = null;
  /** The byte before the number at hand. */
  #byteBefore: number | null = null;

  /** @param options.memberName of the member of objects of which pieces say where its value is */
  constructor(options: { readonly recordBytesMax: number; readonly memberName?: string | null }) {
    const { memberName = null } = options;
    this.#watch = memberName === null ? null : new MemberWatch(memberName);
    this.#scanner = new ValueScanner(this.#watch);
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
    if (this.#mode !== 'between') this.#span.add(chunk.subarray(this.#from));
    this.#pushedBytes += chunk.length;
    this.#lastByte = chunk.at(-1) ?? this.#lastByte;
    return this.#pieces;
  }

  end(isWhole: boolean): Piece[] {
    this.#pieces = [];
    if (this.#mode === 'zeros') this.#trailingBytes += this.#span.length;
    else if (this.#mode === 'number' && isWhole) this.#closeNumber(null);
    else if (this.#mode === 'lost') this.#close(this.#fault);
    else if (this.#mode !== 'between') this.#close('cut-off');
    this.#mode = 'between';
    return this.#pieces;
  }

  /** @returns the index of the first byte that was not dealt with. */
  #advance(chunk: Uint8Array, at: number): number {
    switch (this.#mode) {
      case 'between':
        return this.#skipSpace(chunk, at);
      case 'value':
        return this.#scanValue(chunk, at);
      case 'number':
        return this.#scanNumber(chunk, at);
      case 'word':
        return this.#scanWord(chunk, at);
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
    if (byte !== undefined) this.#begin(chunk, at, byte);
    return at;
  }

  /** Opens a span at `at`, in the mode of which its first byte is. */
  #begin(chunk: Uint8Array, at: number, byte: number): void {
    const start = this.#pushedBytes + at;
    this.#span.open(start);
    this.#from = at;
    const word = start === 0 && byte === BYTE_ORDER_MARK[0] ? BYTE_ORDER_MARK : LITERALS.get(byte);
    if (byte === BYTE.brace || byte === BYTE.bracket || byte === BYTE.quote) {
      this.#scanner.begin(at);
      this.#mode = 'value';
    } else if (word !== undefined) {
      this.#word = word;
      this.#matchedBytes = 0;
      this.#mode = 'word';
    } else if (NUMBER_BYTES.has(byte)) {
      this.#byteBefore = this.#before(chunk, at);
      this.#mode = 'number';
    } else if (byte === BYTE.nul) {
      this.#mode = 'zeros';
    } else {
      this.#lose('unexpected-bytes');
    }
  }

  #scanValue(chunk: Uint8Array, from: number): number {
    const at = this.#scanner.scan(chunk, from);
    if (this.#scanner.isClosed) this.#finish(chunk, at, null, this.#watch?.value);
    else if (this.#scanner.fault !== null) this.#lose(this.#scanner.fault);
    return at;
  }

  #scanNumber(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && NUMBER_BYTES.has(chunk[at] ?? 0)) at += 1;
    const after = chunk[at];
    if (after !== undefined) {
      this.#span.add(chunk.subarray(this.#from, at));
      this.#closeNumber(after);
    }
    return at;
  }

  /** @param after the byte behind the number; null at the object's end */
  #closeNumber(after: number | null): void {
    const before = this.#byteBefore;
    const isDelimited =
      (before === null || isJsonSpace(before)) &&
      (after === null || isJsonSpace(after)) &&
      (before !== null || after !== null);
    this.#close(isDelimited ? null : 'ambiguous-number', (bytes) => jsonNumber(bytes) !== null);
  }

  #scanWord(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && this.#matchedBytes < this.#word.length) {
      if (chunk[at] !== this.#word[this.#matchedBytes]) {
        this.#lose('unexpected-bytes');
        return at;
      }
      this.#matchedBytes += 1;
      at += 1;
    }
    if (this.#matchedBytes === this.#word.length) {
      if (this.#word === BYTE_ORDER_MARK) this.#forgetMark();
      else this.#finish(chunk, at, null);
    }
    return at;
  }

  #forgetMark(): void {
    this.#framingBytes += BYTE_ORDER_MARK.length;
    this.#mode = 'between';
  }

  #scanZeros(chunk: Uint8Array, from: number): number {
    let at = from;
    while (chunk[at] === BYTE.nul) at += 1;
    if (at < chunk.length) this.#finish(chunk, at, 'zero-bytes');
    return at;
  }

  #seekLine(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      const isBracket = byte === BYTE.brace || byte === BYTE.bracket;
      if (isBracket && this.#before(chunk, at) === BYTE.lf) {
        this.#finish(chunk, at, this.#fault);
        return at;
      }
    }
    return chunk.length;
  }

  #before(chunk: Uint8Array, at: number): number | null {
    return chunk[at - 1] ?? this.#lastByte;
  }

  #lose(fault: SplitFault): void {
    this.#fault = fault;
    this.#mode = 'lost';
  }

  /** Ends the open span before `at`. */
  #finish(chunk: Uint8Array, at: number, fault: SplitFault | null, member?: Member): void {
    this.#span.add(chunk.subarray(this.#from, at));
    this.#close(fault, ANY, member);
  }

  #close(
    fault: SplitFault | null,
    isValid: (bytes: Uint8Array) => boolean = ANY,
    member?: Member,
  ): void {
    const { isTooLarge } = this.#span;
    const { start, end, bytes } = this.#span.close();
    const reason = fault ?? (isTooLarge ? 'too-large' : isValid(bytes) ? null : 'unexpected-bytes');
    // Written out, as records are many: a spread costs more than all that it copies.
    this.#pieces.push(
      reason === null
        ? { kind: 'record', start, end, bytes, member }
        : { kind: 'quarantined', reason, start, end, bytes },
    );
    this.#mode = 'between';
  }
}
