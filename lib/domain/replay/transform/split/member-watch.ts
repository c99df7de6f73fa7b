import { BYTE } from './bytes.ts';
import { isJsonSpace, isJsonToken, type JsonSpan } from './json-bytes.ts';

/** What has to come next in an object, but for white space. */
type Expected = 'name' | 'colon' | 'value' | 'end';

/**
 * Notes where in an object one of its own members has its value, while a scanner looks for the object's end anyhow: to
 * look the member up afterwards would be a second reading of all bytes. It is told of what lies in the object itself,
 * not of what is nested deeper. Of members with one name the last counts, as for `valueAt`; where anything is not
 * as JSON has it, or the name may be written with escapes, nothing is said, and it has to be looked up.
 */
export class MemberWatch {
  readonly #name: Uint8Array;
  #chunk: Uint8Array = new Uint8Array();
  #expected: Expected = 'name';
  #start = 0;
  /** Behind what was told of last. */
  #mark = 0;
  #isNamed = false;
  #members = 0;
  #value: JsonSpan | null = null;
  #valueStart = 0;
  #valueEnd = 0;
  #isKnown = false;

  constructor(name: string) {
    this.#name = new TextEncoder().encode(name);
  }

  /** Relative to the object's start; null: it has no such member; undefined: not known. After the object's end. */
  get value(): JsonSpan | null | undefined {
    return this.#isKnown ? this.#value : undefined;
  }

  /** An object that goes on from the chunk before is not watched any further. */
  enter(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#isKnown = false;
  }

  /** @param at where in the chunk a value begins that is to be watched */
  begin(at: number): void {
    this.#start = at;
    this.#mark = at + 1;
    this.#members = 0;
    this.#value = null;
    this.#expected = 'name';
    this.#isKnown = true;
  }

  /** A string that is no part of anything nested, from its quote to behind its other one. */
  string(start: number, end: number): void {
    if (this.#expected !== 'name') this.nested(start, end);
    else if (this.#comesNext(start)) {
      this.#isNamed = this.#isName(start + 1, end - 1);
      this.#expect('colon', end);
    }
  }

  /** An object or array, brackets included. */
  nested(start: number, end: number): void {
    if (this.#expected !== 'value') this.#isKnown = false;
    else if (this.#comesNext(start)) {
      this.#valueStart = start;
      this.#valueEnd = end;
      this.#expect('end', end);
    }
  }

  colon(at: number): void {
    if (this.#expected !== 'colon') this.#isKnown = false;
    else if (this.#comesNext(at)) this.#expect('value', at + 1);
  }

  comma(at: number): void {
    this.#endMember(at);
    this.#expect('name', at + 1);
  }

  /** The closing bracket of the object. */
  end(at: number): void {
    const isFirst = this.#members === 0 && this.#expected === 'name';
    if (isFirst) this.#comesNext(at);
    else this.#endMember(at);
  }

  #endMember(at: number): void {
    if (this.#expected === 'value') this.#takeToken(at);
    if (this.#expected !== 'end') this.#isKnown = false;
    else if (this.#comesNext(at)) {
      this.#members += 1;
      if (!this.#isNamed) return;
      this.#value = { start: this.#valueStart - this.#start, end: this.#valueEnd - this.#start };
    }
  }

  /** A number or a literal. */
  #takeToken(end: number): void {
    let at = this.#mark;
    while (at < end && isJsonSpace(this.#chunk[at] ?? 0)) at += 1;
    this.#valueStart = at;
    while (at < end && isJsonToken(this.#chunk[at] ?? 0)) at += 1;
    this.#valueEnd = at;
    if (at > this.#valueStart) this.#expect('end', at);
  }

  #expect(expected: Expected, mark: number): void {
    this.#expected = expected;
    this.#mark = mark;
  }

  /** Whether there is but white space before `at`. */
  #comesNext(end: number): boolean {
    for (let at = this.#mark; at < end; at += 1) {
      if (!isJsonSpace(this.#chunk[at] ?? 0)) this.#isKnown = false;
    }
    return this.#isKnown;
  }

  /** Up to the first escape the bytes decide. */
  #isName(start: number, end: number): boolean {
    const name = this.#name;
    for (let at = start; at < end; at += 1) {
      const byte = this.#chunk[at];
      if (byte === BYTE.backslash) {
        this.#isKnown = false;
        return false;
      }
      if (byte !== name[at - start]) return false;
    }
    return end - start === name.length;
  }
}
