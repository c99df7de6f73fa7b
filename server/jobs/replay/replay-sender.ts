import type { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { ReplayOrder, SendableRecord } from '#lib/domain/replay/buffer/sendable.ts';
import type { RequestAnswer } from '#lib/domain/replay/emit/outcome.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { RecordWrites } from '#server/aws/put-records.ts';

/** Sends one request, once. */
export type SendRequest = (
  records: readonly SendableRecord[],
  signal: AbortSignal,
) => Promise<RequestAnswer>;

/** What becomes of a request that was written down too long ago to be sent. */
export const NOT_SENT: RequestAnswer = {
  kind: 'not-answered',
  failure: {
    kind: 'service-error',
    retryable: true,
    answerLost: false,
    message: 'The request was not sent: its turn came too late.',
  } satisfies Pick<AwsFailure, 'kind' | 'retryable' | 'answerLost' | 'message'>,
};

/**
 * As the order asks for: in strict order each record is put by itself, and tells Kinesis the one before, so that its
 * sequence number is greater even if both come within the same instant.
 */
export function senderOf(writes: RecordWrites, streamArn: string, order: ReplayOrder): SendRequest {
  if (order !== 'strict') {
    return (records, signal) =>
      writes.putRecords(
        streamArn,
        records.map(({ record }) => record),
        signal,
      );
  }
  let before: SequenceNumber | null = null;
  return async ([only], signal) => {
    if (only === undefined) throw new RangeError('A request has a record');
    const { answer, sequenceNumber } = await writes.putRecord(
      streamArn,
      only.record,
      before,
      signal,
    );
    before = sequenceNumber ?? before;
    return answer;
  };
}
