import type { Brand } from './brand.ts';

/**
 * A place in the hash-key space: an unsigned 128-bit integer, 0 .. 2^128 - 1. Always a bigint; it
 * becomes a fraction only where it is drawn (`toFraction`).
 */
export type HashKey = Brand<bigint, 'HashKey'>;

/** Number of places in the hash-key space, 2^128. A width, not a hash key. */
export const HASH_KEY_SPACE = 1n << 128n;

export const HASH_KEY_MIN = 0n as HashKey;
export const HASH_KEY_MAX = (HASH_KEY_SPACE - 1n) as HashKey;

/** @throws RangeError when `value` lies outside 0 .. 2^128 - 1. */
export function hashKey(value: bigint): HashKey {
  if (value < 0n || value >= HASH_KEY_SPACE) {
    throw new RangeError(`A hash key lies in 0 .. 2^128 - 1; got ${value}`);
  }
  return value as HashKey;
}

/**
 * Reads the decimal form that Kinesis writes.
 * @returns null where the text is not a decimal integer without leading zeros within the space,
 * the pattern `0|([1-9]\d{0,38})` of the API.
 */
export function parseHashKey(text: string): HashKey | null {
  if (!/^(?:0|[1-9]\d{0,38})$/.test(text)) {
    return null;
  }
  const value = BigInt(text);
  return value < HASH_KEY_SPACE ? (value as HashKey) : null;
}

/** 32 hexadecimal digits, so that keys sort as text and align in a column. */
export function hashKeyToHex(key: HashKey): string {
  return key.toString(16).padStart(32, '0');
}

/** Reads the 16 bytes of an MD5 digest as Kinesis does: big-endian. */
export function hashKeyFromDigest(digest: Uint8Array): HashKey {
  const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  return ((view.getBigUint64(0) << 64n) | view.getBigUint64(8)) as HashKey;
}

/** Place of `key` in the space as a number in [0, 1], for drawing only: 53 of 128 bits remain. */
export function toFraction(key: bigint): number {
  return Number(key >> 64n) / 2 ** 64;
}
