import { isAggregate } from '#lib/domain/replay/transform/aggregate/deaggregate.ts';
import type { SplitFormat } from '#lib/domain/replay/transform/format.ts';
import { openerOf } from '#lib/domain/replay/transform/payload/open-payload.ts';
import type { Payload } from '#lib/domain/replay/transform/payload/payload.ts';
import { BYTE } from '#lib/domain/replay/transform/split/bytes.ts';
import type { Piece } from '#lib/domain/replay/transform/split/piece.ts';
import { splitterOf } from '#lib/domain/replay/transform/split/splitter-of.ts';

/** The decompressed beginning of an object. */
export type Sample = {
  readonly objectKey: string;
  readonly bytes: Uint8Array;
  /** It is the whole object, so that a record which it ends in is cut off. */
  readonly isWhole: boolean;
};

/** What a format makes of a sample. */
export type Trial = {
  readonly objectKey: string;
  readonly records: number;
  readonly faults: number;
  readonly recordBytes: number;
  readonly faultyBytes: number;
  /** Records with nothing between them and the one before: cutting them apart by lines would join them. */
  readonly adjacent: number;
  /** Records between which and the one before an array has ended: of arrays, all but the first. */
  readonly arrayEnds: number;
  readonly withPartitionKey: number;
  readonly withArrival: number;
  readonly aggregates: number;
  /** Payloads that are JSON objects or arrays, by their first and last bytes. */
  readonly jsonPayloads: number;
};

/** Reads a sample by a format, making nothing of it but counts. */
export function tryFormat(format: SplitFormat, sample: Sample): Trial {
  const pieces = piecesOf(format, sample);
  const open = openerOf(format);
  const opened = pieces.map((piece) => ({
    bytes: piece.end - piece.start,
    payload: piece.kind === 'record' ? open(piece.bytes) : piece.reason,
  }));
  const payloads = opened.flatMap(({ payload }) => (typeof payload === 'string' ? [] : [payload]));
  const sum = (of: typeof opened) => of.reduce((total, { bytes }) => total + bytes, 0);
  const count = (is: (payload: Payload) => boolean) => payloads.filter(is).length;
  return {
    objectKey: sample.objectKey,
    records: payloads.length,
    faults: opened.length - payloads.length,
    recordBytes: sum(opened.filter(({ payload }) => typeof payload !== 'string')),
    faultyBytes: sum(opened.filter(({ payload }) => typeof payload === 'string')),
    adjacent: pieces.filter(({ start }, i) => start === pieces[i - 1]?.end).length,
    arrayEnds: pieces.filter(({ start }, i) =>
      sample.bytes.subarray(pieces[i - 1]?.end ?? start, start).includes(BYTE.bracketEnd),
    ).length,
    withPartitionKey: count(({ partitionKey }) => partitionKey !== null),
    withArrival: count(({ origin }) => origin.arrivalMs !== null),
    aggregates: count(({ data }) => isAggregate(data)),
    jsonPayloads: count(({ data }) => isJsonStructure(data)),
  };
}

/** A record in the middle of which the sample ends says nothing for or against a format. */
function piecesOf(format: SplitFormat, { bytes, isWhole }: Sample): Piece[] {
  const splitter = splitterOf(format, bytes.length, null);
  const pieces = splitter.push(bytes);
  const last = splitter
    .end(isWhole)
    .filter((piece) => isWhole || piece.kind === 'record' || piece.reason !== 'cut-off');
  return [...pieces, ...last];
}

function isJsonStructure(data: Uint8Array): boolean {
  const [first, last] = [data[0], data.at(-1)];
  return (
    (first === BYTE.brace && last === BYTE.braceEnd) ||
    (first === BYTE.bracket && last === BYTE.bracketEnd)
  );
}
