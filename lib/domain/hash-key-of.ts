import { type HashKey, hashKeyFromDigest } from './hash-key.ts';
import { beginMd5, md5, mixMd5 } from './md5.ts';

/** With the bit behind it, and its length, it fills one block of MD5. */
const SHORT_KEY_MAX = 55;

// Used within one call only: a replay asks for each record, and what is made anew is garbage.
const words = new Int32Array(16);
const state = new Int32Array(4);
const digest = new Uint8Array(16);
const digestWords = new DataView(digest.buffer);

/** The hash key of a partition key: the MD5 of its UTF-8 form, read big-endian. */
export function hashKeyOf(partitionKey: string): HashKey {
  if (!fillBlock(partitionKey)) {
    return hashKeyFromDigest(md5(new TextEncoder().encode(partitionKey)));
  }
  beginMd5(state);
  mixMd5(state, words);
  for (let i = 0; i < 4; i += 1) digestWords.setInt32(i * 4, state[i] ?? 0, true);
  return hashKeyFromDigest(digest);
}

/** @returns false for a key that is longer than a block holds, or not all ASCII */
function fillBlock(key: string): boolean {
  const { length } = key;
  if (length > SHORT_KEY_MAX) return false;
  words.fill(0);
  for (let i = 0; i < length; i += 1) {
    const code = key.charCodeAt(i);
    if (code > 0x7f) return false;
    words[i >> 2] = (words[i >> 2] ?? 0) | (code << ((i & 3) * 8));
  }
  words[length >> 2] = (words[length >> 2] ?? 0) | (0x80 << ((length & 3) * 8));
  words[14] = length * 8;
  return true;
}
