/** Values of containers as JSON has them: to the digit, and null for what it has no number for. */
export function writtenDouble(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? String(value) : 'null';
}

/** As many bytes at a time as can be arguments of one call; a multiple of 3, so that nothing is padded between. */
const BASE64_BYTES = 24_576;

/** Bytes as a string of base64, with its quotes. */
export function writtenBytes(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += BASE64_BYTES) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + BASE64_BYTES))));
  }
  return `"${parts.join('')}"`;
}
