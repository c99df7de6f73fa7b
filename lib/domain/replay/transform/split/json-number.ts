const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LATIN = new TextDecoder('latin1');

/** A number of JSON as it is written, digit by digit; null where the bytes are none. */
export function jsonNumber(bytes: Uint8Array): string | null {
  const text = LATIN.decode(bytes);
  return NUMBER.test(text) ? text : null;
}
