import { GET_RECORDS_BYTES_MAX, GET_RECORDS_COUNT_MAX } from '#lib/domain/limits.ts';
import type { Account } from '#server/local-aws/engine/account.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { openIterator, sealIterator } from '#server/local-aws/engine/shard-iterator.ts';
import { retainedShard } from './get-shard-iterator.ts';
import { rateExceeded } from './put-record.ts';
import { type ChildShard, childShardsOf, readShard, type StoredRecord } from './read-shard.ts';

export type GetRecordsInput = {
  readonly shardIterator: string;
  readonly limit?: number | undefined;
  /** Where given, the iterator has to be of this stream. */
  readonly streamArn?: string | undefined;
};

export type GetRecordsOutput = {
  readonly records: readonly StoredRecord[];
  /** null at the end of a closed shard. */
  readonly nextShardIterator: string | null;
  /** How old the last record read is while others are waiting behind it; 0 once caught up. */
  readonly millisBehindLatest: number;
  /** Filled at the end of a closed shard. */
  readonly childShards: readonly ChildShard[];
};

/**
 * @throws KinesisError ExpiredIterator, InvalidArgument, ProvisionedThroughputExceeded,
 * ResourceNotFound.
 */
export function getRecords(
  account: Account,
  input: GetRecordsInput,
  nowMs: number,
  latencyMs: number | null,
): GetRecordsOutput {
  const iterator = openIterator(input.shardIterator, nowMs);
  const stream = account.servingStream(
    { streamName: iterator.streamName, streamArn: input.streamArn },
    nowMs,
  );
  if (stream.createdAtMs !== iterator.streamCreatedAtMs) {
    throw account.streamNotFound(stream.name);
  }
  const shard = retainedShard(account, stream, iterator.shardId, nowMs);
  if (shard.limiter !== null && !shard.limiter.tryRead(nowMs)) {
    stream.meter.recordThrottledRead(shard.meter, nowMs, latencyMs);
    throw new KinesisError(
      'ProvisionedThroughputExceededException',
      rateExceeded(account, stream, shard),
    );
  }
  const limit = { records: input.limit ?? GET_RECORDS_COUNT_MAX, bytes: GET_RECORDS_BYTES_MAX };
  const read = readShard(stream, shard, iterator.ordinal, limit, nowMs);
  shard.limiter?.chargeReadBytes(read.bytes);
  stream.meter.recordRead(shard.meter, nowMs, {
    bytes: read.bytes,
    records: read.records.length,
    iteratorAgeMs: read.millisBehindLatest,
    latencyMs,
  });
  return {
    records: read.records,
    nextShardIterator: read.isAtEnd
      ? null
      : sealIterator({ ...iterator, ordinal: read.nextOrdinal, issuedAtMs: nowMs }),
    millisBehindLatest: read.millisBehindLatest,
    childShards: read.isAtEnd ? childShardsOf(shard) : [],
  };
}
