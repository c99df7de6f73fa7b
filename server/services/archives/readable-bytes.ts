import type { ReadableBytes } from '#lib/replay/view/archive-sample.ts';

const TEXT_BYTES_MAX = 4_096;
const HEX_BYTES_MAX = 512;
/** Control characters, but for those that lay text out. */
const NO_TEXT = /[^\P{Cc}\t\n\f\r]/u;

/** Bytes as a person can read them: JSON and text as they are written, else hexadecimal. */
export function readableBytes(bytes: Uint8Array): ReadableBytes {
  const text = textIn(bytes);
  if (text === null) {
    const head = Buffer.from(bytes.subarray(0, HEX_BYTES_MAX));
    return {
      kind: 'hex',
      text: head.toString('hex').replaceAll(/(..)(?=.)/g, '$1 '),
      bytes: bytes.length,
      isCut: bytes.length > HEX_BYTES_MAX,
    };
  }
  return {
    kind: isJson(bytes) ? 'json' : 'text',
    text,
    bytes: bytes.length,
    isCut: bytes.length > TEXT_BYTES_MAX,
  };
}

/** The beginning; a character that is cut off is left out. */
function textIn(bytes: Uint8Array): string | null {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const isCut = bytes.length > TEXT_BYTES_MAX;
    const text = decoder.decode(bytes.subarray(0, TEXT_BYTES_MAX), { stream: isCut });
    return NO_TEXT.test(text) ? null : text;
  } catch {
    // A TypeError: no UTF-8.
    return null;
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
}
