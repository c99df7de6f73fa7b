const SLAB_BYTES = 1_024 * 1_024;

let slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
let used = 0;

/**
 * Decodes base64, which may lack its padding. Small values share slabs of memory: a request has
 * hundreds, and Node's own pool is made for few. The engine copies what it keeps, so a slab lives no
 * longer than the requests that it served.
 * @returns null for a text that is not base64: Node would skip what it cannot read.
 */
export function decodeBase64(text: string): Buffer | null {
  const length = decodedLength(text);
  if (length === null) {
    return null;
  }
  if (length > SLAB_BYTES / 4) {
    const bytes = Buffer.from(text, 'base64');
    return bytes.length === length ? bytes : null;
  }
  if (used + length > SLAB_BYTES) {
    slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
    used = 0;
  }
  const start = used;
  const written = slab.write(text, start, length, 'base64');
  used += written;
  return written === length ? slab.subarray(start, used) : null;
}

/** @returns null where no base64 has this length: one digit alone holds no byte. */
function decodedLength(text: string): number | null {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  return digits % 4 === 1 ? null : Math.floor((digits * 3) / 4);
}
