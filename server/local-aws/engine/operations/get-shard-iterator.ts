import { decodeSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EngineShard } from '#server/local-aws/engine/engine-shard.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { sealIterator } from '#server/local-aws/engine/shard-iterator.ts';

/** Where a reader begins. */
export type ShardPosition =
  | {
      readonly type: 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER';
      readonly sequenceNumber: SequenceNumber;
    }
  | { readonly type: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly type: 'AT_TIMESTAMP'; readonly timestampMs: number };

export type GetShardIteratorInput = StreamRef & {
  readonly shardId: ShardId;
  readonly position: ShardPosition;
};

/** @throws KinesisError ResourceNotFound, InvalidArgument. */
export function getShardIterator(
  account: Account,
  input: GetShardIteratorInput,
  nowMs: number,
): string {
  const stream = account.servingStream(input, nowMs);
  const shard = retainedShard(account, stream, input.shardId, nowMs);
  return sealIterator({
    streamName: stream.name,
    streamCreatedAtMs: stream.createdAtMs,
    shardId: shard.shardId,
    ordinal: ordinalOf(account, stream, shard, input.position, nowMs),
    issuedAtMs: nowMs,
  });
}

/** @throws KinesisError ResourceNotFoundException where the shard is not, or no longer, there. */
export function retainedShard(
  account: Account,
  stream: EngineStream,
  shardId: ShardId,
  nowMs: number,
): EngineShard {
  const shard = stream.findShard(shardId);
  if (shard === undefined || shard.isExpired(nowMs, stream.retentionMs)) {
    throw new KinesisError(
      'ResourceNotFoundException',
      `Shard ${shardId} in stream ${stream.name} under account ${account.options.accountId} does not exist`,
    );
  }
  return shard;
}

/** The ordinal of the record that is read first. @throws KinesisError InvalidArgumentException. */
export function ordinalOf(
  account: Account,
  stream: EngineStream,
  shard: EngineShard,
  position: ShardPosition,
  nowMs: number,
): number {
  switch (position.type) {
    case 'TRIM_HORIZON':
      return shard.log.firstOrdinal;
    case 'LATEST':
      return shard.log.nextOrdinal;
    case 'AT_TIMESTAMP':
      if (position.timestampMs > nowMs) {
        throw new KinesisError(
          'InvalidArgumentException',
          `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${position.timestampMs}, currentTimestampInMillis: ${nowMs}`,
        );
      }
      return shard.log.ordinalAtOrAfter(position.timestampMs);
    case 'AT_SEQUENCE_NUMBER':
      return ordinalIn(account, stream, shard, position.sequenceNumber);
    case 'AFTER_SEQUENCE_NUMBER':
      // Never past what the next record will be, or that one would be skipped.
      return Math.min(
        ordinalIn(account, stream, shard, position.sequenceNumber) + 1,
        shard.log.nextOrdinal,
      );
  }
}

/** The ordinal of a sequence number of this shard, held to what the shard may have had. */
function ordinalIn(
  account: Account,
  stream: EngineStream,
  shard: EngineShard,
  sequenceNumber: SequenceNumber,
): number {
  const fields = decodeSequenceNumber(sequenceNumber);
  if (fields !== null && fields.shardIndex !== shard.index) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Invalid StartingSequenceNumber. It encodes shardId-${String(fields.shardIndex).padStart(12, '0')}, while it was used in a call to a shard with ${shard.shardId}`,
    );
  }
  if (fields === null || fields.shardCreatedSeconds !== shard.createdSeconds) {
    throw new KinesisError(
      'InvalidArgumentException',
      `StartingSequenceNumber ${sequenceNumber} used in GetShardIterator on shard ${shard.shardId} in stream ${stream.name} under account ${account.options.accountId} is invalid because it did not come from this stream.`,
    );
  }
  const { nextOrdinal } = shard.log;
  return fields.sequenceIndex < BigInt(nextOrdinal) ? Number(fields.sequenceIndex) : nextOrdinal;
}
