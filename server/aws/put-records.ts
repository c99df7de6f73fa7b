import { type KinesisClient, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { HashKey } from '#lib/domain/hash-key.ts';
import type { RecordAnswer, RequestAnswer } from '#lib/domain/replay/emit/outcome.ts';
import { parseSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { Api } from './api-quotas.ts';
import type { Caller } from './call.ts';

/** A record to be written. Its explicit hash key, where it has one, overrides that of its partition key. */
type OutgoingRecord = {
  readonly data: Uint8Array;
  readonly partitionKey: string;
  readonly explicitHashKey: HashKey | null;
};

/** `sequenceNumber` is there where the record was written. */
type PutAnswer = {
  readonly answer: RequestAnswer;
  readonly sequenceNumber: SequenceNumber | null;
};

/**
 * Writes records, each call one attempt: an answer that was lost, or broken off by `signal`, is told as such, and what
 * follows from it is the caller's business. Never throws for what AWS or the network does.
 */
export type RecordWrites = {
  /** 1 to 500 records, and 10 MiB at most. */
  putRecords(
    streamArn: string,
    records: readonly OutgoingRecord[],
    signal: AbortSignal,
  ): Promise<RequestAnswer>;
  /** @param after the sequence number of the record before, so that this one gets a greater one */
  putRecord(
    streamArn: string,
    record: OutgoingRecord,
    after: SequenceNumber | null,
    signal: AbortSignal,
  ): Promise<PutAnswer>;
};

/** @param kinesis one that does not repeat by itself: see Clients.kinesisOnce */
export function openRecordWrites(kinesis: KinesisClient, caller: Caller): RecordWrites {
  return {
    async putRecords(streamArn, records, signal) {
      const command = new PutRecordsCommand({
        StreamARN: streamArn,
        Records: records.map(entryOf),
      });
      const answer = await attempt('kinesis:PutRecords', signal, () =>
        caller.call('kinesis:PutRecords', signal, (abortSignal) =>
          kinesis.send(command, { abortSignal }),
        ),
      );
      if (answer.kind === 'not-answered') return answer;
      return { kind: 'answered', records: (answer.output.Records ?? []).map(recordAnswerOf) };
    },

    async putRecord(streamArn, record, after, signal) {
      const command = new PutRecordCommand({
        StreamARN: streamArn,
        ...entryOf(record),
        ...(after === null ? {} : { SequenceNumberForOrdering: after.toString() }),
      });
      const answer = await attempt('kinesis:PutRecord', signal, () =>
        caller.call('kinesis:PutRecord', signal, (abortSignal) =>
          kinesis.send(command, { abortSignal }),
        ),
      );
      if (answer.kind === 'not-answered') return { answer, sequenceNumber: null };
      const { ShardId: shardId = '', SequenceNumber: sequenceNumber = '' } = answer.output;
      return {
        answer: { kind: 'answered', records: [{ ok: true, shardId }] },
        sequenceNumber: parseSequenceNumber(sequenceNumber),
      };
    },
  };
}

type Attempt<T> = { readonly kind: 'sent'; readonly output: T } | NotAnswered;
type NotAnswered = Extract<RequestAnswer, { kind: 'not-answered' }>;

async function attempt<T>(
  api: Api,
  signal: AbortSignal,
  send: () => Promise<T>,
): Promise<Attempt<T>> {
  try {
    return { kind: 'sent', output: await send() };
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'not-answered', failure: error };
    if (!signal.aborted) throw error;
    // Whether it was sent before it was cut off nobody knows.
    const message = `${api} was broken off before it was answered.`;
    return { kind: 'not-answered', failure: new AwsFailure('timed-out', api, message) };
  }
}

function entryOf({ data, partitionKey, explicitHashKey }: OutgoingRecord) {
  return {
    Data: data,
    PartitionKey: partitionKey,
    ...(explicitHashKey === null ? {} : { ExplicitHashKey: explicitHashKey.toString() }),
  };
}

function recordAnswerOf(record: {
  readonly ShardId?: string | undefined;
  readonly ErrorCode?: string | undefined;
}): RecordAnswer {
  return record.ErrorCode === undefined
    ? { ok: true, shardId: record.ShardId ?? '' }
    : { ok: false, errorCode: record.ErrorCode };
}
