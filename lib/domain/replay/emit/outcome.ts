import type { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { Batch } from '#lib/domain/replay/buffer/send-buffer.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import type { Answer } from '#lib/domain/replay/job/journal.ts';
import { spansOf } from '#lib/domain/replay/job/position.ts';
import type { ShardId } from '#lib/domain/shard.ts';

/** What PutRecords says of one record. */
export type RecordAnswer =
  | { readonly ok: true; readonly shardId: ShardId }
  | { readonly ok: false; readonly errorCode: string };

/** What came of one attempt, sent by a client that does not repeat by itself: each attempt is counted. */
export type RequestAnswer =
  | { readonly kind: 'answered'; readonly records: readonly RecordAnswer[] }
  | {
      readonly kind: 'not-answered';
      readonly failure: Pick<AwsFailure, 'kind' | 'retryable' | 'answerLost' | 'message'>;
    };

/** What came of each record, and what follows for the run. */
export type Outcome<T> = {
  readonly acknowledged: readonly T[];
  /** Refused for want of capacity, certainly not written. */
  readonly throttled: readonly T[];
  /** Refused for another reason, certainly not written. */
  readonly failed: readonly T[];
  /** Perhaps written: each may be in the target once more than once. */
  readonly unknown: readonly T[];
  /** Predicted shards by place that refused records, and those that took all of theirs. */
  readonly throttledLanes: readonly number[];
  readonly willingLanes: readonly number[];
  /** Records that went to another shard than predicted: the target was resharded, so its shards are to be read anew. */
  readonly strayed: number;
  /** `stop`: nothing that is sent will be taken until a person has seen to it; `why` is for that person. */
  readonly next:
    | { readonly do: 'go-on' }
    | { readonly do: 'back-off' }
    | { readonly do: 'stop'; readonly why: string };
};

const THROTTLED = 'ProvisionedThroughputExceededException';

/**
 * Reads an answer to the letter: of a request that was answered each record is written or it is not (API reference of
 * PutRecords: "unsuccessfully processed records" have an ErrorCode, and only those are to be sent again). A request that
 * was refused as a whole wrote nothing. An answer that never came, or is not one of this request, says nothing of any.
 * @param shardIds of the batch's placement, by place
 */
export function readOutcome<T extends Sendable>(
  batch: Batch<T>,
  answer: RequestAnswer,
  shardIds: readonly ShardId[],
): Outcome<T> {
  const { records } = batch;
  if (answer.kind === 'not-answered') return notAnswered(batch, answer.failure);
  if (answer.records.length !== records.length) {
    return { ...NOTHING, unknown: records, next: { do: 'back-off' } };
  }
  const of = (is: (answer: RecordAnswer) => boolean) =>
    records.filter((_, i) => {
      const record = answer.records[i];
      return record !== undefined && is(record);
    });
  const lanesOf = (is: (answer: RecordAnswer) => boolean) =>
    new Set(batch.lanes.filter((_, i) => is(answer.records[i] ?? UNTOLD)));
  const throttledLanes = lanesOf((record) => !record.ok && record.errorCode === THROTTLED);
  const refusingLanes = lanesOf((record) => !record.ok);
  const failed = of((record) => !record.ok && record.errorCode !== THROTTLED);
  return {
    acknowledged: of((record) => record.ok),
    throttled: of((record) => !record.ok && record.errorCode === THROTTLED),
    failed,
    unknown: [],
    throttledLanes: [...throttledLanes],
    willingLanes: [...new Set(batch.lanes)].filter((lane) => !refusingLanes.has(lane)),
    strayed: answer.records.filter(
      (record, i) => record.ok && record.shardId !== shardIds[batch.lanes[i] ?? -1],
    ).length,
    next: failed.length > 0 ? { do: 'back-off' } : { do: 'go-on' },
  };
}

/** The records that have to be sent again, in the order of the request. */
export function toSendAgain<T>(batch: Batch<T>, outcome: Outcome<T>): readonly T[] {
  const done = new Set(outcome.acknowledged);
  return batch.records.filter((record) => !done.has(record));
}

/** What is written down of it. */
export function answerEntry(request: string, outcome: Outcome<Sendable>): Answer {
  return {
    kind: 'answer',
    request,
    acknowledged: spansOf(outcome.acknowledged),
    acknowledgedBytes: outcome.acknowledged.reduce((sum, { bytes }) => sum + bytes, 0),
    throttled: spansOf(outcome.throttled),
    failed: spansOf(outcome.failed),
    unknown: spansOf(outcome.unknown),
  };
}

const UNTOLD: RecordAnswer = { ok: false, errorCode: '' };

const NOTHING = {
  acknowledged: [],
  throttled: [],
  failed: [],
  unknown: [],
  throttledLanes: [],
  willingLanes: [],
  strayed: 0,
} as const;

function notAnswered<T>(
  { records, lanes }: Batch<T>,
  failure: Pick<AwsFailure, 'kind' | 'retryable' | 'answerLost' | 'message'>,
): Outcome<T> {
  if (failure.answerLost) return { ...NOTHING, unknown: records, next: { do: 'back-off' } };
  if (failure.kind === 'throttled') {
    return {
      ...NOTHING,
      throttled: records,
      throttledLanes: [...new Set(lanes)],
      next: { do: 'back-off' },
    };
  }
  const next = failure.retryable
    ? ({ do: 'back-off' } as const)
    : ({ do: 'stop', why: failure.message } as const);
  return { ...NOTHING, failed: records, next };
}
