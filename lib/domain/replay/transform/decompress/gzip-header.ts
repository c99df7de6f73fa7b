const MAGIC = [0x1f, 0x8b] as const;
const DEFLATE = 8;
const FIXED_BYTES = 10;

/** Flags of RFC 1952, section 2.3.1. */
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const RESERVED = 0xe0;

/** No header is longer: a name or comment without an end is not one. */
const GZIP_HEADER_BYTES_MAX = 65_536 + 1_024;

/**
 * Length of the header that a gzip member begins with.
 * @returns `more` where it goes on behind `bytes`, `bad` where it is none
 */
export function gzipHeaderLength(bytes: Uint8Array): number | 'more' | 'bad' {
  if (!isPrefixOfMagic(bytes)) return 'bad';
  if (bytes.length < FIXED_BYTES) return 'more';
  const flags = bytes[3] ?? 0;
  if (bytes[2] !== DEFLATE || (flags & RESERVED) !== 0) return 'bad';
  let at = FIXED_BYTES;
  if ((flags & EXTRA) !== 0) {
    if (bytes.length < at + 2) return 'more';
    at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  }
  for (const text of [NAME, COMMENT]) {
    if ((flags & text) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return bytes.length < GZIP_HEADER_BYTES_MAX ? 'more' : 'bad';
    at = end + 1;
  }
  if ((flags & HEADER_CRC) !== 0) at += 2;
  return at <= bytes.length ? at : 'more';
}

function isPrefixOfMagic(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => i >= bytes.length || bytes[i] === byte);
}
