import type { HashKey } from '#lib/domain/hash-key.ts';
import { decodeSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EncryptionType } from '#server/local-aws/engine/encryption-history.ts';
import type { EngineShard } from '#server/local-aws/engine/engine-shard.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

/** A record as a producer gives it. */
export type PutEntry = {
  /** Empty for none, which only a stream takes that spreads its records itself. */
  readonly partitionKey: string;
  /** Overrides the hash of the partition key. */
  readonly explicitHashKey?: HashKey | undefined;
  readonly data: Uint8Array;
};

export type PutRecordInput = StreamRef &
  PutEntry & { readonly sequenceNumberForOrdering?: SequenceNumber | undefined };

export type PutReceipt = { readonly shardId: ShardId; readonly sequenceNumber: SequenceNumber };

export type PutRecordOutput = PutReceipt & {
  /** null where it is not encrypted. */
  readonly encryptionType: EncryptionType | null;
};

/**
 * @throws KinesisError ProvisionedThroughputExceeded, ResourceNotFound, InvalidArgument, Validation.
 */
export function putRecord(
  account: Account,
  input: PutRecordInput,
  nowMs: number,
  latencyMs: number | null,
): PutRecordOutput {
  const stream = account.servingStream(input, nowMs);
  assertOrdering(account, stream, input.sequenceNumberForOrdering, nowMs);
  assertKeyed(stream, input, 'partitionKey');
  const { shard: keyed, keyBytes } = routeOf(stream, input);
  assertRecordSize(stream, input, keyBytes, 'data');
  const bytes = keyBytes + input.data.length;
  const shard = keyed ?? stream.spreader.next(bytes, nowMs);
  const accepted = tryTake(stream, shard, bytes, nowMs);
  stream.meter.recordPutRecord(nowMs, bytes, latencyMs, accepted);
  if (!accepted) {
    throw new KinesisError(
      'ProvisionedThroughputExceededException',
      rateExceeded(account, stream, shard),
    );
  }
  const ordinal = shard.log.append(input.partitionKey, keyBytes, input.data, nowMs, false);
  return {
    shardId: shard.shardId,
    sequenceNumber: shard.sequenceNumberAt(ordinal, nowMs),
    encryptionType: stream.encryption.type,
  };
}

/** Where a key places a record; the shard is null where the stream spreads its records itself. */
export type Placement = { readonly shard: EngineShard | null; readonly keyBytes: number };

/** The shard of a record, and the bytes that its partition key counts for. */
export function routeOf(stream: EngineStream, entry: PutEntry): Placement {
  if (stream.distribution === 'AUTO') {
    return { shard: null, keyBytes: Buffer.byteLength(entry.partitionKey) };
  }
  return entry.explicitHashKey === undefined
    ? stream.router.byPartitionKey(entry.partitionKey)
    : {
        shard: stream.router.byHashKey(entry.explicitHashKey),
        keyBytes: Buffer.byteLength(entry.partitionKey),
      };
}

/**
 * The API has no constraint any more that would speak of a missing key, so what AWS answers is assumed to be what it
 * answered while there was one.
 * @param path of the key in the request, for the message.
 * @throws KinesisError ValidationException where the stream goes by keys and the record has none.
 */
export function assertKeyed(stream: EngineStream, entry: PutEntry, path: string): void {
  if (entry.partitionKey === '' && stream.distribution !== 'AUTO') {
    throw new KinesisError(
      'ValidationException',
      `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
    );
  }
}

/** Charges the shard's limits and counts the attempt. @returns false where it is throttled. */
export function tryTake(
  stream: EngineStream,
  shard: EngineShard,
  bytes: number,
  nowMs: number,
): boolean {
  const accepted = shard.limiter === null || shard.limiter.tryWrite(nowMs, bytes);
  stream.meter.noteWrite(shard.meter, bytes, accepted);
  return accepted;
}

/** The text of a throttle, the same for a call and for a record of a call. */
export function rateExceeded(account: Account, stream: EngineStream, shard: EngineShard): string {
  return `Rate exceeded for shard ${shard.shardId} in stream ${stream.name} under account ${account.options.accountId}.`;
}

/**
 * @param path of the data in the request, for the message.
 * @throws KinesisError ValidationException: data and key together may have the stream's maximum, 1 MiB
 * unless it was raised.
 */
export function assertRecordSize(
  stream: EngineStream,
  entry: PutEntry,
  keyBytes: number,
  path: string,
): void {
  const maxBytes = stream.maxRecordKiB * 1_024;
  if (entry.data.length + keyBytes > maxBytes) {
    throw new KinesisError(
      'ValidationException',
      `1 validation error detected: Value at '${path}' failed to satisfy constraint: Member must have length less than or equal to ${maxBytes}`,
    );
  }
}

/**
 * A number that the caller had from an earlier put. What is put now lies above all numbers of the same
 * key anyway, so only a number that cannot have come from here is refused.
 */
function assertOrdering(
  account: Account,
  stream: EngineStream,
  sequenceNumber: SequenceNumber | undefined,
  nowMs: number,
): void {
  if (sequenceNumber === undefined) {
    return;
  }
  const fields = decodeSequenceNumber(sequenceNumber);
  if (fields === null || fields.recordSeconds * 1_000 > nowMs) {
    throw new KinesisError(
      'InvalidArgumentException',
      `ExclusiveMinimumSequenceNumber ${sequenceNumber} used in PutRecord on stream ${stream.name} under account ${account.options.accountId} is invalid.`,
    );
  }
}
