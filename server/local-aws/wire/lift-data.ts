import { isAscii } from 'node:buffer';
import { decodeBase64 } from './base64-slab.ts';

/** Below this, lifting costs more than it saves. */
const BODY_BYTES_MIN = 16 * 1_024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DATA_MEMBER = Buffer.from('"Data":"', 'latin1');

type Record = { Data?: unknown };

/**
 * Reads a JSON body with large `Data` members, nearly all of PutRecords, faster than JSON.parse: their
 * base64 is decoded straight out of the body, and JSON.parse reads only what lies between.
 *
 * Sure because it is choosy: without a backslash a quote always begins or ends a text, so `"Data":"`
 * is what it looks like; and every lifted text must find its place in `Records` again.
 * @returns null for a body that is not of this kind, which JSON.parse then reads as a whole.
 * @throws SyntaxError where it is not JSON.
 */
export function parseLiftingData(body: Buffer): unknown {
  if (body.length < BODY_BYTES_MIN || body.includes(BACKSLASH) || !isAscii(body)) {
    return null;
  }
  const lifted: Buffer[] = [];
  let skeleton = '';
  let at = 0;
  for (;;) {
    const member = body.indexOf(DATA_MEMBER, at);
    if (member < 0) {
      break;
    }
    const start = member + DATA_MEMBER.length;
    const end = body.indexOf(QUOTE, start);
    const data = end < 0 ? null : decodeBase64(body.toString('latin1', start, end));
    if (data === null) {
      return null;
    }
    lifted.push(data);
    skeleton += body.toString('latin1', at, start);
    at = end;
  }
  skeleton += body.toString('latin1', at);
  return putBack(JSON.parse(skeleton), lifted);
}

/** Gives each record its data. @returns null where they do not match one to one. */
function putBack(input: unknown, lifted: readonly Buffer[]): unknown {
  const records = recordsOf(input);
  if (records === null || records.length !== lifted.length) {
    return null;
  }
  for (const [at, record] of records.entries()) {
    if (record.Data !== '') {
      return null;
    }
    record.Data = lifted[at];
  }
  return input;
}

function recordsOf(input: unknown): readonly Record[] | null {
  if (typeof input !== 'object' || input === null || !('Records' in input)) {
    return null;
  }
  const { Records: records } = input;
  return Array.isArray(records) && records.every(isRecord) ? records : null;
}

function isRecord(value: unknown): value is Record {
  return typeof value === 'object' && value !== null;
}
