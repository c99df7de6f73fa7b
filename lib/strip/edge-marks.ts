import {
  HASH_KEY_MAX,
  HASH_KEY_SPACE,
  type HashKey,
  hashKey,
  hashKeyToHex,
} from '#lib/domain/hash-key.ts';

/** A mark at the edge of the film: `fraction` of the ring, and the hash key in hex. */
export type EdgeMark = {
  readonly fraction: number;
  /** The first 4 digits; null where the perforation carries no text. */
  readonly text: string | null;
  /** All 32 digits; at the end of the ring those of its last key. */
  readonly whole: string;
};

/** Below this width perforations of 64ths would touch. */
const FINE_WIDTH_MIN = 640;

/** Perforations at even parts of the ring, with text at its quarters. @param width CSS pixels */
export function edgeMarks(width: number): readonly EdgeMark[] {
  const parts = width >= FINE_WIDTH_MIN ? 64 : 32;
  const quarter = parts / 4;
  return Array.from({ length: parts + 1 }, (_, i) => {
    const whole = hashKeyToHex(i === parts ? HASH_KEY_MAX : keyAt(i, parts));
    const text = i % quarter === 0 ? `${whole.slice(0, 4)}…` : null;
    return { fraction: i / parts, text, whole };
  });
}

function keyAt(i: number, parts: number): HashKey {
  return hashKey((HASH_KEY_SPACE * BigInt(i)) / BigInt(parts));
}
