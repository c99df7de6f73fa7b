/** Of the Castagnoli polynomial, its bits in reverse order. */
const POLYNOMIAL = 0x82f63b78;

/** Four bytes at a time: table `n` is of a byte with `n` behind it. */
const TABLES = makeTables();

/** CRC-32C (RFC 3720, appendix B.4), unsigned. */
export function crc32c(bytes: Uint8Array): number {
  const [one, two, three, four] = TABLES;
  let crc = 0xffffffff;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    crc ^=
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    crc =
      (four[crc & 0xff] ?? 0) ^
      (three[(crc >>> 8) & 0xff] ?? 0) ^
      (two[(crc >>> 16) & 0xff] ?? 0) ^
      (one[crc >>> 24] ?? 0);
  }
  for (; at < bytes.length; at += 1) {
    crc = (one[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function makeTables() {
  const one = new Uint32Array(256).map((_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) * POLYNOMIAL);
    return crc;
  });
  const after = (table: Uint32Array) => table.map((crc) => (one[crc & 0xff] ?? 0) ^ (crc >>> 8));
  const two = after(one);
  const three = after(two);
  return [one, two, three, after(three)] as const;
}
