import { createHash } from 'node:crypto';
import type { HashKeyRange, Shard } from '@aws-sdk/client-kinesis';

/** How many hash keys there are: 0 to 2^128 - 1. */
export const HASH_KEYS = 1n << 128n;

/** Both ends belong to it, as Kinesis reports it. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** "An MD5 hash function is used to map partition keys to 128-bit integer values": big-endian, of the key's UTF-8. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
}

/** @throws where a hash key is missing, or is no decimal number */
export function rangeOf({ HashKeyRange }: { HashKeyRange?: HashKeyRange | undefined }): Range {
  return {
    first: hashKey(HashKeyRange?.StartingHashKey),
    last: hashKey(HashKeyRange?.EndingHashKey),
  };
}

function hashKey(text: string | undefined): bigint {
  if (text === undefined || !/^\d+$/.test(text))
    throw new Error(`${text ?? 'nothing'} is no hash key`);
  return BigInt(text);
}

/** Open shards in the order of their hash keys. */
export function openShards(shards: readonly Shard[]): Shard[] {
  return shards
    .filter((shard) => shard.SequenceNumberRange?.EndingSequenceNumber === undefined)
    .sort((a, b) => (rangeOf(a).first < rangeOf(b).first ? -1 : 1));
}

/** The boundaries between open shards, from left to right, without 0; as decimal text. */
export function boundariesOf(shards: readonly Shard[]): string[] {
  return openShards(shards)
    .slice(1)
    .map((shard) => rangeOf(shard).first.toString());
}

/**
 * Whether the boundaries of n open shards are where n equal shares end: AWS was seen to round down, but not in which
 * order it multiplies and divides, so each may be n hash keys off (of 2^128).
 *
 * @returns the first boundary that is elsewhere, or undefined
 */
export function unevenBoundary(shards: readonly Shard[]): string | undefined {
  const boundaries = boundariesOf(shards);
  const count = BigInt(boundaries.length + 1);
  return boundaries.find((boundary, index) => {
    const off = BigInt(boundary) * count - BigInt(index + 1) * HASH_KEYS;
    return (off < 0n ? -off : off) > count * count;
  });
}

/** Whether these ranges are the whole space, each hash key once; if not, where they fail. */
export function gapIn(ranges: readonly Range[]): string | undefined {
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1));
  let next = 0n;
  for (const { first, last } of sorted) {
    if (first !== next) return `a range begins at ${first}, not at ${next}`;
    if (last < first) return `a range ends at ${last}, before it begins at ${first}`;
    next = last + 1n;
  }
  return next === HASH_KEYS ? undefined : `the last range ends at ${next - 1n}`;
}

/** The open shard that takes a hash key, or undefined where none does. */
export function shardFor(shards: readonly Shard[], key: bigint): Shard | undefined {
  return openShards(shards).find((shard) => {
    const { first, last } = rangeOf(shard);
    return first <= key && key <= last;
  });
}
