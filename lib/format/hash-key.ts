import { type HashKey, hashKeyToHex } from '#lib/domain/hash-key.ts';

/** The first 8 of 32 hexadecimal digits: enough to tell the ranges of 10,000 even shards apart. */
export function shortHashKey(key: HashKey): string {
  return `${hashKeyToHex(key).slice(0, 8)}…`;
}
