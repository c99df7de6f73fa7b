import { type KeyProblem, PARTITION_KEY_CHARACTERS_MAX } from '#lib/domain/key-lookup.ts';
import type { KeyKind } from './key-batch.ts';

/** Why what was typed is no key, and what to do. */
export function problemWords(problem: KeyProblem): string {
  switch (problem) {
    case 'empty':
      return 'Kinesis takes no empty key: type at least one character.';
    case 'too-long':
      return `Kinesis takes partition keys of at most ${PARTITION_KEY_CHARACTERS_MAX} characters; this one is longer, and PutRecord refuses it.`;
    case 'not-a-hash-key':
      return 'This is no hash key: type a decimal number as in ExplicitHashKey, or hexadecimal digits after 0x.';
    case 'beyond-the-ring':
      return 'This lies beyond the ring: hash keys go from 0 to 2^128 - 1.';
  }
}

/** What of a key cannot be seen and yet counts, in words; null where there is nothing. */
export function hiddenWords(text: string, kind: KeyKind): string | null {
  if (kind === 'hash-key') return null;
  const parts = [
    ...(/^\s/.test(text) ? ['begins with white space'] : []),
    ...(/\s$/.test(text) ? ['ends with white space'] : []),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    ...(/[\u0000-\u0008\u000e-\u001f\u007f\u200b-\u200f\u2060\ufeff]/.test(text)
      ? ['holds characters that are not seen']
      : []),
  ];
  return parts.length === 0
    ? null
    : `The key ${parts.join(' and ')}: Kinesis hashes that too, so it is kept.`;
}
