import type { SplitFormat } from '#lib/domain/replay/transform/format.ts';
import type { Splitter } from './piece.ts';
import { ArraySplitter } from './split-array.ts';
import { JsonSplitter } from './split-json.ts';
import { LineSplitter } from './split-lines.ts';

/** Everything in an envelope but the payload: keys, schemas, ids, times, and what archivers add of their own. */
const ENVELOPE_BYTES_MAX = 65_536;

/**
 * @param payloadBytesMax what a record may carry; base64 makes four bytes of three
 * @param memberName of a member that will be asked for of records that are JSON objects; null: of none
 */
export function splitterOf(
  format: SplitFormat,
  payloadBytesMax: number,
  memberName: string | null,
): Splitter {
  const encodedBytesMax = Math.ceil(payloadBytesMax / 3) * 4;
  switch (format.kind) {
    case 'json':
      return new JsonSplitter({ recordBytesMax: payloadBytesMax, memberName });
    case 'json-array':
      return new ArraySplitter({ recordBytesMax: payloadBytesMax });
    case 'lines':
      return new LineSplitter({ lineEnds: format.lineEnds, recordBytesMax: payloadBytesMax });
    case 'base64-lines':
      return new LineSplitter({ lineEnds: 'crlf', recordBytesMax: encodedBytesMax });
    case 'connect-json':
      return new JsonSplitter({ recordBytesMax: payloadBytesMax + ENVELOPE_BYTES_MAX });
    case 'envelope':
      return new JsonSplitter({ recordBytesMax: encodedBytesMax + ENVELOPE_BYTES_MAX });
  }
}
