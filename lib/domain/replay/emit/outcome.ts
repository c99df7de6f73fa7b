import type { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { Batch } from '#lib/domain/replay/buffer/send-buffer.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import type { Answer, Intent } from '#lib/domain/replay/job/journal.ts';
import { countUnits, spansOf } from '#lib/domain/replay/job/position.ts';
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
  /** Predicted shards that throttled records, and those that took all of theirs. */
  readonly throttledShards: readonly ShardId[];
  readonly willingShards: readonly ShardId[];
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
  if (answer.kind === 'not-answered') return notAnswered(batch, answer.failure, shardIds);
  if (answer.records.length !== records.length) {
    return { ...NOTHING, unknown: records, next: { do: 'back-off' } };
  }
  const strayed = answer.records.filter(
    (record, i) => record.ok && record.shardId !== shardIds[batch.lanes[i] ?? -1],
  ).length;
  if (answer.records.every(({ ok }) => ok)) {
    const willingShards = shardsOf(new Set(batch.lanes), shardIds);
    return { ...NOTHING, acknowledged: records, willingShards, strayed, next: { do: 'go-on' } };
  }
  return { ...partly(batch, answer.records, shardIds), strayed };
}

function partly<T>(
  { records, lanes }: Batch<T>,
  answers: readonly RecordAnswer[],
  shardIds: readonly ShardId[],
): Omit<Outcome<T>, 'strayed'> {
  const acknowledged: T[] = [];
  const throttled: T[] = [];
  const failed: T[] = [];
  const throttledLanes = new Set<number>();
  const refusingLanes = new Set<number>();
  for (const [i, record] of records.entries()) {
    const answer = answers[i];
    const lane = lanes[i] ?? -1;
    if (answer?.ok === true) {
      acknowledged.push(record);
      continue;
    }
    refusingLanes.add(lane);
    if (answer?.errorCode === THROTTLED) {
      throttled.push(record);
      throttledLanes.add(lane);
    } else {
      failed.push(record);
    }
  }
  return {
    acknowledged,
    throttled,
    failed,
    unknown: [],
    throttledShards: shardsOf(throttledLanes, shardIds),
    willingShards: shardsOf(new Set(lanes).difference(refusingLanes), shardIds),
    next: failed.length > 0 ? { do: 'back-off' } : { do: 'go-on' },
  };
}

/** The records that have to be sent again, in the order of the request. */
export function toSendAgain<T>(batch: Batch<T>, outcome: Outcome<T>): readonly T[] {
  if (outcome.acknowledged.length === batch.records.length) return [];
  const done = new Set(outcome.acknowledged);
  return batch.records.filter((record) => !done.has(record));
}

/** What is written down of it. @param intent what was written down before it was sent */
export function answerEntry(intent: Intent, outcome: Outcome<Sendable>): Answer {
  const isAll = outcome.acknowledged.length === countUnits(intent.spans);
  return {
    kind: 'answer',
    request: intent.request,
    acknowledged: isAll ? intent.spans : spansOf(outcome.acknowledged),
    acknowledgedBytes: outcome.acknowledged.reduce((sum, { bytes }) => sum + bytes, 0),
    throttled: spansOf(outcome.throttled),
    failed: spansOf(outcome.failed),
    unknown: spansOf(outcome.unknown),
  };
}

const NOTHING = {
  acknowledged: [],
  throttled: [],
  failed: [],
  unknown: [],
  throttledShards: [],
  willingShards: [],
  strayed: 0,
} as const;

function notAnswered<T>(
  { records, lanes }: Batch<T>,
  failure: Pick<AwsFailure, 'kind' | 'retryable' | 'answerLost' | 'message'>,
  shardIds: readonly ShardId[],
): Outcome<T> {
  if (failure.answerLost) return { ...NOTHING, unknown: records, next: { do: 'back-off' } };
  if (failure.kind === 'throttled') {
    return {
      ...NOTHING,
      throttled: records,
      throttledShards: shardsOf(new Set(lanes), shardIds),
      next: { do: 'back-off' },
    };
  }
  const next = failure.retryable
    ? ({ do: 'back-off' } as const)
    : ({ do: 'stop', why: failure.message } as const);
  return { ...NOTHING, failed: records, next };
}

function shardsOf(lanes: ReadonlySet<number>, shardIds: readonly ShardId[]): readonly ShardId[] {
  return [...lanes].flatMap((lane) => shardIds[lane] ?? []);
}
