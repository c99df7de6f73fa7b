import fc from 'fast-check';

/** Bytes, and where they are cut on their way: fractions of their length, so that they fit bytes of any length. */
export type Cuts = readonly number[];

export const arbitraryCuts: fc.Arbitrary<Cuts> = fc.array(
  fc.double({ min: 0, max: 1, noNaN: true }),
  { maxLength: 12 },
);

/** The bytes in the order they came, cut; empty chunks are among them where two cuts meet. */
export function chunksOf(bytes: Uint8Array, cuts: Cuts): Uint8Array[] {
  const places = cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What storage and networks do to bytes: cut off, bits flipped, padded, a part lost, or not of this format at all. */
export function arbitraryDamage(): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.oneof(
    place.map((at) => (bytes: Uint8Array) => bytes.subarray(0, Math.floor(at * bytes.length))),
    fc
      .array(fc.tuple(place, fc.nat(7)), { minLength: 1, maxLength: 8 })
      .map((flips) => flipBits(flips)),
    fc.nat(2_000).map((zeros) => (bytes: Uint8Array) => joined([bytes, new Uint8Array(zeros)])),
    fc.tuple(place, fc.uint8Array({ maxLength: 64 })).map(([at, extra]) => insert(at, extra)),
    fc.tuple(place, place).map(([from, to]) => without(Math.min(from, to), Math.max(from, to))),
    fc.uint8Array({ maxLength: 500 }).map((noise) => () => noise),
  );
}

function flipBits(flips: readonly (readonly [at: number, bit: number])[]) {
  return (bytes: Uint8Array) => {
    const flipped = Uint8Array.from(bytes);
    for (const [at, bit] of flips) {
      const i = Math.floor(at * (flipped.length - 1));
      flipped[i] = (flipped[i] ?? 0) ^ (1 << bit);
    }
    return flipped;
  };
}

function insert(at: number, extra: Uint8Array) {
  return (bytes: Uint8Array) => {
    const i = Math.floor(at * bytes.length);
    return joined([bytes.subarray(0, i), extra, bytes.subarray(i)]);
  };
}

function without(from: number, to: number) {
  return (bytes: Uint8Array) =>
    joined([
      bytes.subarray(0, Math.floor(from * bytes.length)),
      bytes.subarray(Math.floor(to * bytes.length)),
    ]);
}
