import { type HashKey, parseHashKey } from '#lib/domain/hash-key.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

/** @throws KinesisError InvalidArgumentException: the pattern lets through 39 digits above 2^128 - 1. */
export function toHashKey(member: string, text: string): HashKey {
  const key = parseHashKey(text);
  if (key === null) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Invalid ${member}. ${member} must be in the range: [0, 2^128-1]. Specified value was ${text}`,
    );
  }
  return key;
}
