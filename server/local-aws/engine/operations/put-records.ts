import { PUT_RECORDS_BYTES_MAX, RECORD_BYTES_MAX_DEFAULT } from '#lib/domain/limits.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EncryptionType } from '#server/local-aws/engine/encryption-history.ts';
import type { EngineShard } from '#server/local-aws/engine/engine-shard.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import {
  assertKeyed,
  assertRecordSize,
  type Placement,
  type PutEntry,
  type PutReceipt,
  rateExceeded,
  routeOf,
  tryTake,
} from './put-record.ts';

export type PutRecordsInput = StreamRef & {
  readonly records: readonly PutEntry[];
  /**
   * Keep references to `data` instead of copies. For callers inside the process which send the same
   * payloads many times; they never write to them again. The payloads do not count against the byte
   * cap: it cannot tell how often each is shared.
   */
  readonly shareData?: boolean | undefined;
};

export type PutFailure = {
  readonly errorCode: 'ProvisionedThroughputExceededException' | 'InternalFailure';
  readonly errorMessage: string;
};

export type PutRecordsOutput = {
  readonly failedRecordCount: number;
  /** null where the records are not encrypted. */
  readonly encryptionType: EncryptionType | null;
  /** One for each record, in their order. */
  readonly results: readonly (PutReceipt | PutFailure)[];
};

/**
 * Puts each record by itself: some may be throttled while others are taken.
 * @throws KinesisError ResourceNotFound, InvalidArgument (over 10 MiB in all), Validation. Nothing is
 * written then.
 */
export function putRecords(
  account: Account,
  input: PutRecordsInput,
  nowMs: number,
  latencyMs: number | null,
): PutRecordsOutput {
  const stream = account.servingStream(input, nowMs);
  const placed = placeAll(stream, input.records);
  const shared = input.shareData === true;
  const results: (PutReceipt | PutFailure)[] = [];
  let acceptedBytes = 0;
  let failedRecordCount = 0;
  for (const [at, entry] of input.records.entries()) {
    const { shard: keyed, keyBytes } = placed[at] ?? routeOf(stream, entry);
    const bytes = keyBytes + entry.data.length;
    const shard = keyed ?? stream.spreader.next(bytes, nowMs);
    if (tryTake(stream, shard, bytes, nowMs)) {
      const ordinal = shard.log.append(entry.partitionKey, keyBytes, entry.data, nowMs, shared);
      const sequenceNumber = shard.sequenceNumberAt(ordinal, nowMs);
      results.push({ shardId: shard.shardId, sequenceNumber });
      acceptedBytes += bytes;
    } else {
      results.push(throttled(account, stream, shard));
      failedRecordCount += 1;
    }
  }
  stream.meter.recordPutRecords(nowMs, {
    bytes: acceptedBytes,
    latencyMs,
    totalRecords: input.records.length,
    throttledRecords: failedRecordCount,
  });
  return { failedRecordCount, encryptionType: stream.encryption.type, results };
}

/** Finds every record's shard, and refuses the call as a whole before anything is written. */
function placeAll(stream: EngineStream, records: readonly PutEntry[]): readonly Placement[] {
  let totalBytes = 0;
  const placed = records.map((entry, at) => {
    const route = routeOf(stream, entry);
    if (entry.partitionKey === '') {
      assertKeyed(stream, entry, `records.${at + 1}.member.partitionKey`);
    }
    if (entry.data.length + route.keyBytes > RECORD_BYTES_MAX_DEFAULT) {
      // No stream has less: the path is spelt out for few records.
      assertRecordSize(stream, entry, route.keyBytes, `records.${at + 1}.member.data`);
    }
    totalBytes += route.keyBytes + entry.data.length;
    return route;
  });
  if (totalBytes > PUT_RECORDS_BYTES_MAX) {
    throw new KinesisError('InvalidArgumentException', 'Records size exceeds 10 MB limit');
  }
  return placed;
}

function throttled(account: Account, stream: EngineStream, shard: EngineShard): PutFailure {
  return {
    errorCode: 'ProvisionedThroughputExceededException',
    errorMessage: rateExceeded(account, stream, shard),
  };
}
