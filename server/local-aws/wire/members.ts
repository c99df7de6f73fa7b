import { MEBIBYTE, PARTITION_KEY_LENGTH_MAX } from '#lib/domain/limits.ts';
import { blob, integer, oneOf, required, structure, text } from './shape.ts';

/**
 * Members that several operations share, with the constraints of the API reference
 * (docs.aws.amazon.com/kinesis/latest/APIReference).
 */
const NAME_PATTERN = '[a-zA-Z0-9_.-]+';

export const streamName = text({ min: 1, max: 128, pattern: NAME_PATTERN });
export const streamArn = text({
  min: 1,
  max: 2048,
  pattern: 'arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+',
});
export const consumerName = text({ min: 1, max: 128, pattern: NAME_PATTERN });
export const consumerArn = text({
  min: 1,
  max: 2048,
  pattern:
    '(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+',
});
/** A stream or a consumer; that channels are among the resources since there are any is assumed. */
export const resourceArn = text({
  min: 1,
  max: 2048,
  pattern: 'arn:aws.*:kinesis:.*:\\d{12}:.*(stream|channel)/\\S+',
});
export const shardId = text({ min: 1, max: 128, pattern: NAME_PATTERN });
export const sequenceNumberText = text({ pattern: '0|([1-9]\\d{0,128})' });
export const partitionKey = text({ min: 1, max: PARTITION_KEY_LENGTH_MAX });
/** A stream's own maximum, which is mostly less, is the engine's matter. */
export const recordData = blob({ max: 10 * MEBIBYTE });
export const maxRecordKiB = integer({ min: 1_024, max: 10_240 });
export const warmMiBps = integer({ min: 0 });
export const nextToken = text({ min: 1, max: 1_048_576 });
export const tagKey = text({ min: 1, max: 128 });
export const tagValue = text({ max: 256 });
export const streamModeDetails = structure({
  StreamMode: required(oneOf(['PROVISIONED', 'ON_DEMAND'])),
});
export const recordDistribution = oneOf(['AUTO', 'USER_PARTITION_KEY']);

/** A stream by name or ARN, as most operations take it. */
export const streamRef = { StreamName: streamName, StreamARN: streamArn };

type StreamRefInput = {
  readonly StreamName: string | undefined;
  readonly StreamARN: string | undefined;
};

export function toStreamRef({ StreamName, StreamARN }: StreamRefInput) {
  return { streamName: StreamName, streamArn: StreamARN };
}
