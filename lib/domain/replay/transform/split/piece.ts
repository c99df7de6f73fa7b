import type { JsonSpan } from './json-bytes.ts';

/** Why bytes are not a record. Each is for a person to read in the quarantine, in words made elsewhere. */
export type SplitFault =
  /** What cannot be where it is: no value begins so, or two stand without a comma between them. */
  | 'unexpected-bytes'
  /** A bracket closes what another kind opened. */
  | 'brackets-mismatch'
  /** A line ends within a string, which JSON does not allow: most often a record that was cut off before it. */
  | 'line-break-in-string'
  | 'too-deep'
  /** Larger than any record of Kinesis. */
  | 'too-large'
  /** A number at the top level that nothing delimits: `12` may have been one record or two. */
  | 'ambiguous-number'
  /** Zero bytes with something after them. At the very end they are padding, not a fault. */
  | 'zero-bytes'
  /** The object ends within the record, or could not be decompressed any further. */
  | 'cut-off';

/** A part of the decompressed object: its bytes from `start` up to, not including, `end`. */
type Span = { readonly start: number; readonly end: number };

type RecordPiece = Span & {
  readonly kind: 'record';
  /** Of the span, all that belongs to the record: line ends may not. May be a view of the chunk that was pushed. */
  readonly bytes: Uint8Array;
  /**
   * Where in `bytes` the value is of the member that the splitter was told to watch for; null: there is none. Not given
   * where the splitter does not know.
   */
  readonly member?: JsonSpan | null | undefined;
};

type QuarantinedPiece = Span & {
  readonly kind: 'quarantined';
  readonly reason: SplitFault;
  /** The beginning of the span, at most as long as a record may be: what does not fit is not held in memory. */
  readonly bytes: Uint8Array;
};

/** What a splitter makes of bytes. Pieces come in order and do not overlap; what lies between them is framing. */
export type Piece = RecordPiece | QuarantinedPiece;

/**
 * Cuts one decompressed object, pushed in chunks of any size, into pieces. Chunks are not copied and must not be
 * changed afterwards. The pieces do not depend on how the object was chunked, and none is ever longer in memory than
 * the largest record. Splitters throw nothing.
 */
export type Splitter = {
  push(chunk: Uint8Array): Piece[];
  /**
   * After the last chunk.
   * @param isWhole false where decompression broke off: an unfinished record is then cut off, whatever it looks like
   */
  end(isWhole: boolean): Piece[];
  /** Bytes so far that delimit records and belong to none. */
  readonly framingBytes: number;
  /** Zero bytes at the end of the object. */
  readonly trailingBytes: number;
};
