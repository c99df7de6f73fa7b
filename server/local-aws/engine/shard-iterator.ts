import { ITERATOR_LIFE_MS } from '#lib/domain/limits.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { KinesisError } from './kinesis-error.ts';
import { sealToken, unsealToken } from './sealed-token.ts';

const KIND = 'iterator';

/** A place in a shard, and when it was named: what the text of a shard iterator holds. */
export type ShardIterator = {
  readonly streamName: string;
  /** Tells a stream from another of the same name that was made later. */
  readonly streamCreatedAtMs: number;
  readonly shardId: ShardId;
  /** Ordinal of the record that is read next. */
  readonly ordinal: number;
  readonly issuedAtMs: number;
};

export function sealIterator(iterator: ShardIterator): string {
  const { streamName, streamCreatedAtMs, shardId, ordinal, issuedAtMs } = iterator;
  return sealToken(KIND, [streamName, streamCreatedAtMs, shardId, ordinal, issuedAtMs]);
}

/**
 * @throws KinesisError InvalidArgumentException for a text that is no iterator, and
 * ExpiredIteratorException for one older than five minutes.
 */
export function openIterator(text: string, nowMs: number): ShardIterator {
  const [streamName, createdAtMs, shardId, ordinal, issuedAtMs] = unsealToken(KIND, text) ?? [];
  if (streamName === undefined || shardId === undefined || issuedAtMs === undefined) {
    throw new KinesisError('InvalidArgumentException', 'Invalid ShardIterator.');
  }
  const iterator = {
    streamName,
    streamCreatedAtMs: Number(createdAtMs),
    shardId,
    ordinal: Number(ordinal),
    issuedAtMs: Number(issuedAtMs),
  };
  if (nowMs - iterator.issuedAtMs > ITERATOR_LIFE_MS) {
    throw new KinesisError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${new Date(iterator.issuedAtMs).toUTCString()} ` +
        `while right now it is ${new Date(nowMs).toUTCString()} ` +
        `which is further in the future than the tolerated delay of ${ITERATOR_LIFE_MS} milliseconds.`,
    );
  }
  return iterator;
}

/** The stream that an iterator is of, also of an expired one; null for a text that is no iterator. */
export function streamNameOfIterator(text: string): string | null {
  return unsealToken(KIND, text)?.[0] ?? null;
}
