/**
 * Writes texts, bytes, lists and structures as CBOR (RFC 8949), in one buffer of the exact size: bytes are copied once.
 * Lists and structures are of indefinite length, as the Java SDK's generator writes them; members that are undefined are
 * left out.
 * @throws TypeError for a value of any other kind: nothing is left out silently
 */
export function writeCbor(value: unknown): Buffer {
  const bytes = Buffer.allocUnsafe(sizeOf(value));
  put(bytes, value, 0);
  return bytes;
}

const BYTES = 0x40;
const TEXT = 0x60;
const LIST = 0x9f;
const STRUCTURE = 0xbf;
const BREAK = 0xff;

/** Longer texts are written by Node, which costs more at each call and less for each character. */
const SHORT_TEXT_MAX = 64;

function sizeOf(value: unknown): number {
  if (typeof value === 'string') {
    const length = textBytes(value);
    return headBytes(length) + length;
  }
  if (value instanceof Uint8Array) return headBytes(value.length) + value.length;
  if (Array.isArray(value)) {
    let size = 2;
    for (const item of value) size += sizeOf(item);
    return size;
  }
  let size = 2;
  const members = membersOf(value);
  for (const name in members) {
    const member = members[name];
    if (member !== undefined) size += sizeOf(name) + sizeOf(member);
  }
  return size;
}

/** @returns where it ends */
function put(bytes: Buffer, value: unknown, start: number): number {
  if (typeof value === 'string') return putText(bytes, value, start);
  if (value instanceof Uint8Array) {
    const at = putHead(bytes, BYTES, value.length, start);
    bytes.set(value, at);
    return at + value.length;
  }
  let at = start + 1;
  if (Array.isArray(value)) {
    bytes[start] = LIST;
    for (const item of value) at = put(bytes, item, at);
  } else {
    bytes[start] = STRUCTURE;
    const members = membersOf(value);
    for (const name in members) {
      const member = members[name];
      if (member !== undefined) at = put(bytes, member, putText(bytes, name, at));
    }
  }
  bytes[at] = BREAK;
  return at + 1;
}

function putText(bytes: Buffer, text: string, start: number): number {
  const length = textBytes(text);
  const at = putHead(bytes, TEXT, length, start);
  if (length !== text.length || length > SHORT_TEXT_MAX) return at + bytes.write(text, at);
  for (let i = 0; i < length; i += 1) bytes[at + i] = text.charCodeAt(i);
  return at + length;
}

/** Of UTF-8. */
function textBytes(text: string): number {
  if (text.length > SHORT_TEXT_MAX) return Buffer.byteLength(text);
  for (let i = 0; i < text.length; i += 1) {
    if (text.charCodeAt(i) > 0x7f) return Buffer.byteLength(text);
  }
  return text.length;
}

function headBytes(length: number): number {
  if (length < 24) return 1;
  if (length < 0x100) return 2;
  return length < 0x1_0000 ? 3 : 5;
}

function putHead(bytes: Buffer, kind: number, length: number, at: number): number {
  if (length < 24) {
    bytes[at] = kind | length;
    return at + 1;
  }
  if (length < 0x100) {
    bytes[at] = kind | 24;
    bytes[at + 1] = length;
    return at + 2;
  }
  if (length < 0x1_0000) {
    bytes[at] = kind | 25;
    return bytes.writeUInt16BE(length, at + 1);
  }
  bytes[at] = kind | 26;
  return bytes.writeUInt32BE(length, at + 1);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`No text, bytes, list or structure: ${String(value)}`);
  }
  return value as Readonly<Record<string, unknown>>;
}
