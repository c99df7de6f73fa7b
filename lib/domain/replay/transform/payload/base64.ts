const ALPHABET = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
);
const PADDING = 0x3d;
const NO_DIGIT = 0xff;

const DIGITS = new Uint8Array(256).fill(NO_DIGIT);
ALPHABET.forEach((byte, digit) => {
  DIGITS[byte] = digit;
});

/**
 * Decodes base64 (RFC 4648, section 4) strictly, as other decoders do not: they pass over what does not belong there,
 * and a payload with a hole would be sent. Padding may be left out.
 * @returns null where a byte is not of the alphabet, the length is impossible, or bits are left over that are not 0
 */
export function decodeBase64(text: Uint8Array): Uint8Array | null {
  const length = unpaddedLength(text);
  const tail = length % 4;
  if (tail === 1 || (length < text.length && text.length % 4 !== 0)) return null;
  const decoded = new Uint8Array(Math.floor((length * 3) / 4));
  const fullEnd = length - tail;
  let out = 0;
  // Digits are below 64, so a byte that is none shows in the bits above in the end.
  let seen = 0;
  for (let at = 0; at < fullEnd; at += 4) {
    const a = DIGITS[text[at] ?? 0] ?? NO_DIGIT;
    const b = DIGITS[text[at + 1] ?? 0] ?? NO_DIGIT;
    const c = DIGITS[text[at + 2] ?? 0] ?? NO_DIGIT;
    const d = DIGITS[text[at + 3] ?? 0] ?? NO_DIGIT;
    seen |= a | b | c | d;
    decoded[out] = (a << 2) | (b >> 4);
    decoded[out + 1] = (b << 4) | (c >> 2);
    decoded[out + 2] = (c << 6) | d;
    out += 3;
  }
  return seen < 64 && takeTail(text.subarray(fullEnd, length), decoded, out) ? decoded : null;
}

function unpaddedLength(text: Uint8Array): number {
  if (text.at(-1) !== PADDING) return text.length;
  return text.at(-2) === PADDING ? text.length - 2 : text.length - 1;
}

/** The last two or three digits, of which one or two bytes are made. @returns false where they are not such. */
function takeTail(tail: Uint8Array, decoded: Uint8Array, out: number): boolean {
  if (tail.length === 0) return true;
  const a = DIGITS[tail[0] ?? 0] ?? NO_DIGIT;
  const b = DIGITS[tail[1] ?? 0] ?? NO_DIGIT;
  const c = tail.length === 3 ? (DIGITS[tail[2] ?? 0] ?? NO_DIGIT) : 0;
  if ((a | b | c) >= 64) return false;
  const bits = (a << 18) | (b << 12) | (c << 6);
  decoded[out] = bits >> 16;
  if (tail.length === 3) decoded[out + 1] = bits >> 8;
  return (bits & (tail.length === 3 ? 0xff : 0xffff)) === 0;
}
