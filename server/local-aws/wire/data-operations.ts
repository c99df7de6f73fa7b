import type { HashKey } from '#lib/domain/hash-key.ts';
import type { PutReceipt } from '#server/local-aws/engine/operations/put-record.ts';
import type { PutFailure } from '#server/local-aws/engine/operations/put-records.ts';
import { openIterator } from '#server/local-aws/engine/shard-iterator.ts';
import { refuseDryRun } from './dry-run.ts';
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
import { childShardsMember, recordMember } from './record-members.ts';
import { flag, instant, integer, list, oneOf, required, structure, text } from './shape.ts';
import { toPosition, toSequenceNumber } from './shard-position.ts';
import type { WireValue } from './wire-value.ts';

const putEntry = {
  PartitionKey: partitionKey,
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
      const position = toPosition({
        type: input.ShardIteratorType,
        startingSequenceNumber: input.StartingSequenceNumber,
        timestampMs: input.Timestamp,
      });
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
        Records: output.records.map(recordMember),
        NextShardIterator: output.nextShardIterator ?? undefined,
        MillisBehindLatest: output.millisBehindLatest,
        ChildShards: childShardsMember(output.childShards),
      };
    },
  ),
};

type PutEntryInput = {
  readonly PartitionKey: string | undefined;
  readonly ExplicitHashKey: HashKey | undefined;
  readonly Data: Uint8Array;
};

function toPutEntry({ PartitionKey, ExplicitHashKey, Data }: PutEntryInput) {
  return { partitionKey: PartitionKey ?? '', explicitHashKey: ExplicitHashKey, data: Data };
}

function receiptMember({ shardId, sequenceNumber }: PutReceipt) {
  return { SequenceNumber: String(sequenceNumber), ShardId: shardId };
}

function failureMember({ errorCode, errorMessage }: PutFailure): WireValue {
  return { ErrorCode: errorCode, ErrorMessage: errorMessage };
}
