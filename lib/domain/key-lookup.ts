import { type HashKey, hashKey, parseHashKey } from './hash-key.ts';
import { hashKeyOf } from './hash-key-of.ts';
import { type HashRange, rangeContains } from './hash-range.ts';

/** Kinesis takes partition keys of 1 to 256 Unicode characters (API reference of PutRecord). */
export const PARTITION_KEY_CHARACTERS_MAX = 256;

export type KeyProblem = 'empty' | 'too-long' | 'not-a-hash-key' | 'beyond-the-ring';

export type FoundKey =
  | { readonly ok: true; readonly hashKey: HashKey }
  | { readonly ok: false; readonly problem: KeyProblem };

/**
 * The hash key of a partition key that somebody typed. It is taken as it is: white space at its ends is part of it, as it is
 * for Kinesis. Characters are counted as code points.
 */
export function hashPartitionKey(partitionKey: string): FoundKey {
  if (partitionKey === '') return { ok: false, problem: 'empty' };
  if (codePointCount(partitionKey) > PARTITION_KEY_CHARACTERS_MAX) {
    return { ok: false, problem: 'too-long' };
  }
  return { ok: true, hashKey: hashKeyOf(partitionKey) };
}

/**
 * Reads a hash key that a person typed: decimal as in ExplicitHashKey, or hexadecimal after `0x`, or 32
 * hexadecimal digits as an MD5 is written. 32 decimal digits alone are taken as decimal, which is what
 * Kinesis itself writes.
 */
export function readHashKey(text: string): FoundKey {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: 'empty' };
  const decimal = parseHashKey(trimmed);
  if (decimal !== null) return { ok: true, hashKey: decimal };
  const digits = /^(?:0x([0-9a-f]{1,32})|([0-9a-f]{32}))$/i.exec(trimmed);
  const hexadecimal = digits?.[1] ?? digits?.[2];
  if (hexadecimal !== undefined) return { ok: true, hashKey: hashKey(BigInt(`0x${hexadecimal}`)) };
  const isNumber = /^(?:[1-9]\d*|0x[0-9a-f]+)$/i.test(trimmed);
  return { ok: false, problem: isNumber ? 'beyond-the-ring' : 'not-a-hash-key' };
}

/**
 * The place of the range that holds `key`, among ranges in order of their starts that cover the ring; null
 * where a hole holds it. Takes log2(n) comparisons.
 */
export function placeOfKey(ranges: readonly HashRange[], key: HashKey): number | null {
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const range = ranges[middle];
    if (range !== undefined && range.start <= key) low = middle;
    else high = middle - 1;
  }
  const found = ranges[low];
  return found !== undefined && rangeContains(found, key) ? low : null;
}

function codePointCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
