import { SnappyElements } from './snappy-elements.ts';

/** Copies and literals up to here are made byte by byte, which is quicker than a call. */
const SHORT_BYTES = 16;

/** No element makes more of a byte: a copy of 64 bytes is two of the block. */
const EXPANSION_MAX = 32;

/**
 * What comes out of one raw Snappy block: all that it says, to the byte, of all of its bytes. A block holds no
 * checksum, so that whatever does not fit has to be seen here.
 * @returns `corrupt` where it is none, `too-large` where more than `bytesMax` would come out
 */
export function decodeSnappyBlock(
  block: Uint8Array,
  bytesMax: number,
): Uint8Array | 'corrupt' | 'too-large' {
  const elements = new SnappyElements(block);
  const { length } = elements;
  // A length that cannot be is no reason to make room for it.
  if (length === null || length > block.length * EXPANSION_MAX) return 'corrupt';
  if (length > bytesMax) return 'too-large';
  const out = new Uint8Array(length);
  while (!elements.isAtEnd) {
    if (!elements.next()) return 'corrupt';
    const { outBytes: at, elementBytes: bytes, offset, literalAt } = elements;
    if (at + bytes > length) return 'corrupt';
    if (offset === 0) copyBytes(block, literalAt, out, at, bytes);
    else if (offset >= bytes) copyBytes(out, at - offset, out, at, bytes);
    // It goes on into what it has just made.
    else for (let i = at; i < at + bytes; i += 1) out[i] = out[i - offset] ?? 0;
  }
  return elements.outBytes + elements.elementBytes === length ? out : 'corrupt';
}

/** Whether a block could begin so: what is not compressed breaks off within a few elements. */
export function couldBeSnappyBlock(head: Uint8Array): boolean {
  const elements = new SnappyElements(head);
  const { length } = elements;
  if (length === null) return false;
  while (!elements.isAtEnd) {
    const outBytes = elements.outBytes + elements.elementBytes;
    // The head may end within an element; what is in sight of one has to be right.
    if (!elements.next()) return outBytes > head.length / 2;
    if (outBytes + elements.elementBytes > length) return false;
  }
  return true;
}

function copyBytes(
  from: Uint8Array,
  start: number,
  to: Uint8Array,
  at: number,
  bytes: number,
): void {
  if (bytes > SHORT_BYTES) to.set(from.subarray(start, start + bytes), at);
  else for (let i = 0; i < bytes; i += 1) to[at + i] = from[start + i] ?? 0;
}
