import type { ReadableBytes } from './view/archive-sample.ts';

/** So many characters are shown. */
const TEXT_MAX = 4_096;
const BYTES_IN_HEX = 512;

/** Bytes as a person can read them: JSON and other text as it is written, all else as pairs of hexadecimal digits. */
export function readableBytes(bytes: Uint8Array): ReadableBytes {
  const text = textOf(bytes);
  if (text === null) {
    const pairs = Array.from(bytes.subarray(0, BYTES_IN_HEX), (byte) =>
      byte.toString(16).padStart(2, '0'),
    );
    return {
      kind: 'hex',
      text: pairs.join(' '),
      bytes: bytes.length,
      isCut: bytes.length > BYTES_IN_HEX,
    };
  }
  return {
    kind: isJson(text) ? 'json' : 'text',
    text: text.slice(0, TEXT_MAX),
    bytes: bytes.length,
    isCut: text.length > TEXT_MAX,
  };
}

/** Null where it is no UTF-8, or has control characters that no text has. */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return CONTROL.test(text) ? null : text;
  } catch (error) {
    // What it throws for bytes that are no UTF-8.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

// Tabs and line ends are text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
