import { type HashKey, parseHashKey } from '#lib/domain/hash-key.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { type Member, text } from './shape.ts';

/** Producers that name hash keys name the same ones again and again: one for each shard. */
const CACHE_KEYS_MAX = 16_384;

const known = new Map<string, HashKey>();

/** A hash key as the API's pattern takes it: up to 39 digits, which may be above 2^128 - 1. */
export const hashKeyText = text({ pattern: '0|([1-9]\\d{0,38})' });

/**
 * A hash key in decimal.
 * @throws KinesisError InvalidArgumentException for 39 digits above 2^128 - 1, which the pattern of
 * the API lets through.
 */
export const hashKeyMember: Member<HashKey | undefined> = {
  parse(value, path, faults) {
    const cached = typeof value === 'string' ? known.get(value) : undefined;
    if (cached !== undefined) {
      return cached;
    }
    const faultsBefore = faults.length;
    const digits = hashKeyText.parse(value, path, faults);
    if (digits === undefined || faults.length > faultsBefore) {
      return undefined;
    }
    const key = parseHashKey(digits);
    if (key === null) {
      const last = path.slice(path.lastIndexOf('.') + 1);
      const name = last.charAt(0).toUpperCase() + last.slice(1);
      throw new KinesisError(
        'InvalidArgumentException',
        `Invalid ${name}. ${name} must be in the range: [0, 2^128-1]. Specified value was ${digits}`,
      );
    }
    if (known.size >= CACHE_KEYS_MAX) {
      known.clear();
    }
    known.set(digits, key);
    return key;
  },
};
