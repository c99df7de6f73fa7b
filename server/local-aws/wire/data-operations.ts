import type { HashKey } from '#lib/domain/hash-key.ts';
import { parseSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { StreamRef } from '#server/local-aws/engine/account.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { ShardPosition } from '#server/local-aws/engine/operations/get-shard-iterator.ts';
import type { PutReceipt } from '#server/local-aws/engine/operations/put-record.ts';
import type { PutFailure } from '#server/local-aws/engine/operations/put-records.ts';
import { openIterator } from '#server/local-aws/engine/shard-iterator.ts';
import { hashKeyMember } from './hash-key-member.ts';
import {
  partitionKey,
  recordData,
  sequenceNumberText,
  shardId,
  streamArn,
  streamRef,
  toStreamRef,
} from './members.ts';
import { type OperationTable, operation } from './operation.ts';
import { flag, instant, integer, list, oneOf, required, structure, text } from './shape.ts';
import { hashKeyRangeMember } from './shard-members.ts';
import { WireTime, type WireValue } from './wire-value.ts';

const putEntry = {
  PartitionKey: required(partitionKey),
  ExplicitHashKey: hashKeyMember,
  Data: required(recordData),
};

/** Puts and gets. */
export const DATA_OPERATIONS: OperationTable = {
  PutRecord: operation(
    structure({
      ...streamRef,
      ...putEntry,
      SequenceNumberForOrdering: sequenceNumberText,
      DryRun: flag(),
    }),
    (input, { engine, nowMs, latencyMs }) => {
      refuseDryRun(input.DryRun, engine, toStreamRef(input), nowMs);
      const receipt = engine.putRecord(
        {
          ...toStreamRef(input),
          ...toPutEntry(input),
          sequenceNumberForOrdering: toSequenceNumber(input.SequenceNumberForOrdering),
        },
        nowMs,
        latencyMs,
      );
      return {
        ...receiptMember(receipt),
        EncryptionType: receipt.encryptionType ?? undefined,
      };
    },
  ),

  PutRecords: operation(
    structure({
      ...streamRef,
      Records: required(list(required(structure(putEntry)), { min: 1, max: 500 })),
      DryRun: flag(),
    }),
    (input, { engine, nowMs, latencyMs }) => {
      refuseDryRun(input.DryRun, engine, toStreamRef(input), nowMs);
      const { failedRecordCount, encryptionType, results } = engine.putRecords(
        { ...toStreamRef(input), records: input.Records.map(toPutEntry) },
        nowMs,
        latencyMs,
      );
      return {
        FailedRecordCount: failedRecordCount,
        EncryptionType: encryptionType ?? undefined,
        Records: results.map((result) =>
          'errorCode' in result ? failureMember(result) : receiptMember(result),
        ),
      };
    },
  ),

  GetShardIterator: operation(
    structure({
      ...streamRef,
      ShardId: required(shardId),
      ShardIteratorType: required(
        oneOf([
          'AFTER_SEQUENCE_NUMBER',
          'LATEST',
          'AT_TIMESTAMP',
          'AT_SEQUENCE_NUMBER',
          'TRIM_HORIZON',
        ]),
      ),
      StartingSequenceNumber: sequenceNumberText,
      Timestamp: instant(),
      DryRun: flag(),
    }),
    (input, { engine, nowMs }) => {
      const position = toPosition(input);
      refuseDryRun(input.DryRun, engine, toStreamRef(input), nowMs);
      const ref = { ...toStreamRef(input), shardId: input.ShardId };
      return { ShardIterator: engine.getShardIterator({ ...ref, position }, nowMs) };
    },
  ),

  GetRecords: operation(
    structure({
      StreamARN: streamArn,
      ShardIterator: required(text({ min: 1, max: 512 })),
      Limit: integer({ min: 1, max: 10_000 }),
      DryRun: flag(),
    }),
    (input, { engine, nowMs, latencyMs }) => {
      const { streamName } = openIterator(input.ShardIterator, nowMs);
      refuseDryRun(input.DryRun, engine, { streamName, streamArn: input.StreamARN }, nowMs);
      const output = engine.getRecords(
        { shardIterator: input.ShardIterator, limit: input.Limit, streamArn: input.StreamARN },
        nowMs,
        latencyMs,
      );
      return {
        Records: output.records.map((record) => ({
          SequenceNumber: String(record.sequenceNumber),
          ApproximateArrivalTimestamp: new WireTime(record.arrivalMs),
          Data: record.data,
          PartitionKey: record.partitionKey,
          EncryptionType: record.encryptionType ?? undefined,
        })),
        NextShardIterator: output.nextShardIterator ?? undefined,
        MillisBehindLatest: output.millisBehindLatest,
        ChildShards:
          output.childShards.length === 0
            ? undefined
            : output.childShards.map((child) => ({
                ShardId: child.shardId,
                ParentShards: child.parentShardIds,
                HashKeyRange: hashKeyRangeMember(child.range),
              })),
      };
    },
  ),
};

/**
 * A dry run ends in an error by definition: this one where it would have gone well. Nothing is
 * written, read, charged or counted.
 * @throws KinesisError DryRunOperationException, or ResourceNotFoundException.
 */
function refuseDryRun(
  isDryRun: boolean | undefined,
  engine: Engine,
  stream: StreamRef,
  nowMs: number,
): void {
  if (isDryRun === true) {
    engine.describeStreamSummary(stream, nowMs);
    throw new KinesisError(
      'DryRunOperationException',
      'Request would have succeeded, but the DryRun parameter was specified.',
    );
  }
}

type PutEntryInput = {
  readonly PartitionKey: string;
  readonly ExplicitHashKey: HashKey | undefined;
  readonly Data: Uint8Array;
};

function toPutEntry({ PartitionKey, ExplicitHashKey, Data }: PutEntryInput) {
  return { partitionKey: PartitionKey, explicitHashKey: ExplicitHashKey, data: Data };
}

function receiptMember({ shardId, sequenceNumber }: PutReceipt) {
  return { SequenceNumber: String(sequenceNumber), ShardId: shardId };
}

function failureMember({ errorCode, errorMessage }: PutFailure): WireValue {
  return { ErrorCode: errorCode, ErrorMessage: errorMessage };
}

function toSequenceNumber(value: string | undefined): SequenceNumber | undefined {
  // The pattern of the member has been checked, so what is there parses.
  return value === undefined ? undefined : (parseSequenceNumber(value) ?? undefined);
}

type PositionInput = {
  readonly ShardIteratorType: ShardPosition['type'];
  readonly StartingSequenceNumber: string | undefined;
  readonly Timestamp: number | undefined;
};

/** @throws KinesisError InvalidArgumentException where type and place do not go together. */
function toPosition(input: PositionInput): ShardPosition {
  const { ShardIteratorType: type, Timestamp: timestampMs } = input;
  const sequenceNumber = toSequenceNumber(input.StartingSequenceNumber);
  switch (type) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      if (sequenceNumber !== undefined) {
        throw mismatch(`Request specified ${type} and also a StartingSequenceNumber.`);
      }
      return { type };
    case 'AT_TIMESTAMP':
      if (timestampMs === undefined) {
        throw new KinesisError(
          'InvalidArgumentException',
          'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current timestampInMillis: null',
        );
      }
      return { type, timestampMs };
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER':
      if (sequenceNumber === undefined) {
        throw mismatch(`Request specified ${type} and no StartingSequenceNumber.`);
      }
      return { type, sequenceNumber };
  }
}

function mismatch(what: string): KinesisError {
  return new KinesisError(
    'InvalidArgumentException',
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or ' +
      `(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. ${what}`,
  );
}
