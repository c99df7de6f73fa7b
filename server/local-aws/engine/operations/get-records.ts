import type { HashRange } from '#lib/domain/hash-range.ts';
import { GET_RECORDS_BYTES_MAX, GET_RECORDS_COUNT_MAX } from '#lib/domain/limits.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Account } from '#server/local-aws/engine/account.ts';
import type { EncryptionType } from '#server/local-aws/engine/encryption-history.ts';
import type { EngineShard } from '#server/local-aws/engine/engine-shard.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { openIterator, sealIterator } from '#server/local-aws/engine/shard-iterator.ts';
import { retainedShard } from './get-shard-iterator.ts';
import { rateExceeded } from './put-record.ts';

export type GetRecordsInput = {
  readonly shardIterator: string;
  readonly limit?: number | undefined;
  /** Where given, the iterator has to be of this stream. */
  readonly streamArn?: string | undefined;
};

type StoredRecord = {
  readonly sequenceNumber: SequenceNumber;
  readonly arrivalMs: number;
  readonly partitionKey: string;
  /** A view of the engine's own memory, never to be written to. Kept, it keeps a whole segment. */
  readonly data: Uint8Array;
  /** null where it is not encrypted. */
  readonly encryptionType: EncryptionType | null;
};

type ChildShard = {
  readonly shardId: ShardId;
  readonly parentShardIds: readonly ShardId[];
  readonly range: HashRange;
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
  latencyMs: number,
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
  const from = visibleFrom(shard, iterator.ordinal, nowMs - stream.retentionMs);
  const read = readFrom(stream, shard, from, input.limit ?? GET_RECORDS_COUNT_MAX);
  shard.limiter?.chargeReadBytes(read.bytes);
  const caughtUp = read.nextOrdinal >= shard.log.nextOrdinal;
  const lastArrivalMs = read.records.at(-1)?.arrivalMs ?? nowMs;
  const millisBehindLatest = caughtUp ? 0 : Math.max(0, nowMs - lastArrivalMs);
  stream.meter.recordRead(shard.meter, nowMs, {
    bytes: read.bytes,
    records: read.records.length,
    iteratorAgeMs: millisBehindLatest,
    latencyMs,
  });
  const atEnd = caughtUp && !shard.isOpen;
  return {
    records: read.records,
    nextShardIterator: atEnd
      ? null
      : sealIterator({ ...iterator, ordinal: read.nextOrdinal, issuedAtMs: nowMs }),
    millisBehindLatest,
    childShards: atEnd ? shard.children.map(describeChild) : [],
  };
}

/** Skips what was trimmed, and what retention has passed although its segment is still held. */
function visibleFrom(shard: EngineShard, ordinal: number, cutoffMs: number): number {
  shard.log.trimBefore(cutoffMs);
  return Math.max(ordinal, shard.log.ordinalAtOrAfter(cutoffMs));
}

/** Reads up to `limit` records and 10 MiB, at least one where there is one. */
function readFrom(stream: EngineStream, shard: EngineShard, from: number, limit: number) {
  const records: StoredRecord[] = [];
  let ordinal = from;
  let bytes = 0;
  for (const segment of shard.log.segmentsFrom(from)) {
    while (ordinal < segment.firstOrdinal + segment.count) {
      const index = ordinal - segment.firstOrdinal;
      const sizeBytes = segment.sizeBytes(index);
      const isFull = records.length > 0 && bytes + sizeBytes > GET_RECORDS_BYTES_MAX;
      if (records.length === limit || isFull) {
        return { records, bytes, nextOrdinal: ordinal };
      }
      const arrivalMs = segment.arrivalMs(index);
      records.push({
        sequenceNumber: shard.sequenceNumberAt(ordinal, arrivalMs),
        arrivalMs,
        partitionKey: segment.partitionKey(index),
        data: segment.data(index),
        encryptionType: stream.encryption.typeAt(arrivalMs),
      });
      bytes += sizeBytes;
      ordinal += 1;
    }
  }
  return { records, bytes, nextOrdinal: ordinal };
}

function describeChild(child: EngineShard): ChildShard {
  return {
    shardId: child.shardId,
    parentShardIds: child.parentShardIds,
    range: child.range,
  };
}
