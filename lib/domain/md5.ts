/**
 * MD5 as RFC 1321 has it: what Kinesis makes of a partition key. Own code, because it must run where keys are
 * typed, in the browser, whose WebCrypto has no MD5. It places records; it protects nothing.
 * @returns the 16 bytes of the digest
 */
export function md5(message: Uint8Array): Uint8Array {
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  const padded = pad(message);
  const view = new DataView(padded.buffer);
  for (let offset = 0; offset < padded.length; offset += BLOCK_BYTES) mix(state, view, offset);
  const digest = new DataView(new ArrayBuffer(16));
  state.forEach((word, i) => {
    digest.setUint32(i * 4, word, true);
  });
  return new Uint8Array(digest.buffer);
}

const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;

/** Left rotations of the four rounds (RFC 1321, section 3.4); each row is used four times over. */
const ROTATIONS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** T[i] of the RFC: the integer part of 2^32 x |sin(i + 1)|. */
const SINES = Uint32Array.from({ length: 64 }, (_, i) =>
  Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32),
);

/** The message, one bit, zeros, and the message's length in bits as 64 bits, little-endian. */
function pad(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil((message.length + 1 + LENGTH_BYTES) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(message);
  padded[message.length] = 0x80;
  const bits = BigInt(message.length) * 8n;
  new DataView(padded.buffer).setBigUint64(padded.length - LENGTH_BYTES, bits, true);
  return padded;
}

/** Takes one block of 64 bytes into `state`. */
function mix(state: Uint32Array, view: DataView, offset: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const round = i >> 4;
    const sum = a + chosen(round, b, c, d) + (SINES[i] ?? 0) + wordOf(view, offset, round, i);
    const turned = rotateLeft(sum, ROTATIONS[round]?.[i & 3] ?? 0);
    [a, d, c, b] = [d, c, b, (b + turned) | 0];
  }
  state.set([a, b, c, d].map((word, i) => word + (state[i] ?? 0)));
}

/** F, G, H and I of the RFC. */
function chosen(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}

/** The word of the block that step `i` takes: each round goes through them in an order of its own. */
function wordOf(view: DataView, offset: number, round: number, i: number): number {
  const [factor, start] = WORD_ORDER[round] ?? [1, 0];
  return view.getUint32(offset + ((factor * i + start) % 16) * 4, true);
}

const WORD_ORDER: readonly (readonly [factor: number, start: number])[] = [
  [1, 0],
  [5, 1],
  [3, 5],
  [7, 0],
];

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
