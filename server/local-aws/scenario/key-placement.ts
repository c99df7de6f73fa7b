import { hash } from 'node:crypto';
import { type HashKey, hashKeyFromDigest } from '#lib/domain/hash-key.ts';
import { type HashRange, rangeContains } from '#lib/domain/hash-range.ts';

/** The place of a partition key: its MD5, read as Kinesis reads it. */
export function hashKeyOf(partitionKey: string): HashKey {
  return hashKeyFromDigest(hash('md5', partitionKey, 'buffer'));
}

/** The first `count` of `names` whose place lies within `range`. @throws Error where there are too few. */
export function namesWithin(
  names: Iterable<string>,
  range: HashRange,
  count: number,
): readonly string[] {
  const found: string[] = [];
  for (const name of names) {
    if (found.length === count) {
      break;
    }
    if (rangeContains(range, hashKeyOf(name))) {
      found.push(name);
    }
  }
  if (found.length < count) {
    throw new Error(
      `Only ${found.length} of ${count} names fall within ${range.start} .. ${range.end}`,
    );
  }
  return found;
}
