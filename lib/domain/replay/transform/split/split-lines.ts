import { BYTE, BYTE_ORDER_MARK, beginsWith, isAllZero } from './bytes.ts';
import type { Piece, Splitter } from './piece.ts';
import { SpanCollector } from './span-collector.ts';

/**
 * What of a line's end belongs to the record. `lf`: whoever archived added an LF, and a CR before it is the record's.
 * `crlf`: neither belongs to it, where both are there. `kept`: both do, since producers ended their records so.
 */
export type LineEnds = 'lf' | 'crlf' | 'kept';

/** A CR, an LF and a byte order mark may stand around a record of the largest size. */
const AROUND_BYTES = 2 + BYTE_ORDER_MARK.length;

/** One record a line; the last needs no end. Empty lines are framing, as is a byte order mark at the beginning. */
export class LineSplitter implements Splitter {
  readonly #lineEnds: LineEnds;
  readonly #recordBytesMax: number;
  readonly #line: SpanCollector;
  #framingBytes = 0;
  #trailingBytes = 0;

  constructor(options: { readonly lineEnds: LineEnds; readonly recordBytesMax: number }) {
    this.#lineEnds = options.lineEnds;
    this.#recordBytesMax = options.recordBytesMax;
    this.#line = new SpanCollector(options.recordBytesMax + AROUND_BYTES);
  }

  get framingBytes(): number {
    return this.#framingBytes;
  }

  get trailingBytes(): number {
    return this.#trailingBytes;
  }

  push(chunk: Uint8Array): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    for (let lf = chunk.indexOf(BYTE.lf); lf >= 0; lf = chunk.indexOf(BYTE.lf, from)) {
      this.#line.add(chunk.subarray(from, lf + 1));
      from = lf + 1;
      this.#finishLine(pieces, true);
    }
    this.#line.add(chunk.subarray(from));
    return pieces;
  }

  end(isWhole: boolean): Piece[] {
    const pieces: Piece[] = [];
    this.#finishLine(pieces, isWhole);
    return pieces;
  }

  #finishLine(pieces: Piece[], isFinished: boolean): void {
    const { isTooLarge } = this.#line;
    const { start, end, bytes } = this.#line.close();
    this.#line.open(end);
    if (isTooLarge) {
      pieces.push({ kind: 'quarantined', reason: 'too-large', start, end, bytes });
      return;
    }
    const markBytes =
      start === 0 && beginsWith(bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    const endBytes = this.#lineEndBytes(bytes);
    const keptEndBytes = this.#lineEnds === 'kept' ? endBytes : 0;
    const record = bytes.subarray(markBytes, bytes.length - endBytes + keptEndBytes);
    const span = {
      start: start + markBytes,
      end: start + markBytes + record.length,
      bytes: record,
    };
    if (record.length === keptEndBytes) {
      this.#framingBytes += bytes.length;
    } else if (endBytes === 0 && isAllZero(record)) {
      this.#framingBytes += markBytes;
      this.#trailingBytes += record.length;
    } else {
      this.#framingBytes += bytes.length - record.length;
      pieces.push(this.#judge(span, isFinished));
    }
  }

  #judge(span: Omit<Piece & { kind: 'record' }, 'kind'>, isFinished: boolean): Piece {
    if (!isFinished) return { kind: 'quarantined', reason: 'cut-off', ...span };
    if (span.bytes.length > this.#recordBytesMax) {
      return { kind: 'quarantined', reason: 'too-large', ...span };
    }
    return { kind: 'record', ...span };
  }

  /** 0 where the object ends within the line. */
  #lineEndBytes(line: Uint8Array): number {
    if (line.at(-1) !== BYTE.lf) return 0;
    return this.#lineEnds !== 'lf' && line.at(-2) === BYTE.cr ? 2 : 1;
  }
}
