import {
  AddTagsToStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteResourcePolicyCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  GetResourcePolicyCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListStreamConsumersCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  PutResourcePolicyCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateMaxRecordSizeCommand,
  UpdateStreamModeCommand,
  UpdateStreamRecordDistributionStrategyCommand,
  UpdateStreamWarmThroughputCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { readingPolicy } from '#server/conformance/kinesis/policy.ts';
import {
  BAD_PARAMETER,
  NO_STREAM,
  observedByKinesalite,
} from '#server/conformance/kinesis/sources.ts';

/** A stream as a request names it. */
export interface Target {
  readonly StreamName?: string;
  readonly StreamARN?: string;
}

export type Send<T> = (t: CaseTools, target: T) => Promise<unknown>;

/** Operations that take StreamName or StreamARN, each with an otherwise good request. */
const BY_NAME_OR_ARN: Readonly<Record<string, Send<Target>>> = {
  AddTagsToStream: (t, target) =>
    t.kinesis.send(new AddTagsToStreamCommand({ ...target, Tags: { a: 'b' } })),
  RemoveTagsFromStream: (t, target) =>
    t.kinesis.send(new RemoveTagsFromStreamCommand({ ...target, TagKeys: ['a'] })),
  ListTagsForStream: (t, target) => t.kinesis.send(new ListTagsForStreamCommand(target)),
  DeleteStream: (t, target) => t.kinesis.send(new DeleteStreamCommand(target)),
  DescribeStream: (t, target) => t.kinesis.send(new DescribeStreamCommand(target)),
  DescribeStreamSummary: (t, target) => t.kinesis.send(new DescribeStreamSummaryCommand(target)),
  IncreaseStreamRetentionPeriod: (t, target) =>
    t.kinesis.send(
      new IncreaseStreamRetentionPeriodCommand({ ...target, RetentionPeriodHours: 48 }),
    ),
  DecreaseStreamRetentionPeriod: (t, target) =>
    t.kinesis.send(
      new DecreaseStreamRetentionPeriodCommand({ ...target, RetentionPeriodHours: 24 }),
    ),
  EnableEnhancedMonitoring: (t, target) =>
    t.kinesis.send(
      new EnableEnhancedMonitoringCommand({ ...target, ShardLevelMetrics: ['IncomingBytes'] }),
    ),
  DisableEnhancedMonitoring: (t, target) =>
    t.kinesis.send(
      new DisableEnhancedMonitoringCommand({ ...target, ShardLevelMetrics: ['IncomingBytes'] }),
    ),
  StartStreamEncryption: (t, target) =>
    t.kinesis.send(
      new StartStreamEncryptionCommand({
        ...target,
        EncryptionType: 'KMS',
        KeyId: 'alias/aws/kinesis',
      }),
    ),
  StopStreamEncryption: (t, target) =>
    t.kinesis.send(
      new StopStreamEncryptionCommand({
        ...target,
        EncryptionType: 'KMS',
        KeyId: 'alias/aws/kinesis',
      }),
    ),
  UpdateStreamWarmThroughput: (t, target) =>
    t.kinesis.send(new UpdateStreamWarmThroughputCommand({ ...target, WarmThroughputMiBps: 10 })),
};

/** Operations that take an ARN alone. */
const BY_ARN: Readonly<Record<string, Send<string>>> = {
  UpdateMaxRecordSize: (t, arn) =>
    t.kinesis.send(new UpdateMaxRecordSizeCommand({ StreamARN: arn, MaxRecordSizeInKiB: 2_048 })),
  UpdateStreamMode: (t, arn) =>
    t.kinesis.send(
      new UpdateStreamModeCommand({
        StreamARN: arn,
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      }),
    ),
  UpdateStreamRecordDistributionStrategy: (t, arn) =>
    t.kinesis.send(
      new UpdateStreamRecordDistributionStrategyCommand({
        StreamARN: arn,
        RecordDistributionStrategy: 'USER_PARTITION_KEY',
      }),
    ),
  RegisterStreamConsumer: (t, arn) =>
    t.kinesis.send(new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: 'reader' })),
  ListStreamConsumers: (t, arn) =>
    t.kinesis.send(new ListStreamConsumersCommand({ StreamARN: arn })),
  TagResource: (t, arn) =>
    t.kinesis.send(new TagResourceCommand({ ResourceARN: arn, Tags: { a: 'b' } })),
  UntagResource: (t, arn) =>
    t.kinesis.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: ['a'] })),
  ListTagsForResource: (t, arn) =>
    t.kinesis.send(new ListTagsForResourceCommand({ ResourceARN: arn })),
  PutResourcePolicy: (t, arn) =>
    t.kinesis.send(new PutResourcePolicyCommand({ ResourceARN: arn, Policy: readingPolicy(arn) })),
  GetResourcePolicy: (t, arn) => t.kinesis.send(new GetResourcePolicyCommand({ ResourceARN: arn })),
  DeleteResourcePolicy: (t, arn) =>
    t.kinesis.send(new DeleteResourcePolicyCommand({ ResourceARN: arn })),
};

/** The ARN that a stream would have which does not exist, in the account that answers. */
async function arnOfNothing(t: CaseTools): Promise<string> {
  const { name, arn } = await t.sharedStream();
  return arn.slice(0, -name.length) + t.freshName();
}

const NOT_FOUND = {
  message: /^Stream \S+ under account \d{12} not found\.$/,
  source: observedByKinesalite(
    'deleteStream',
    "assertNotFound({StreamName: name}, 'Stream ' + name + ' under account ' + helpers.awsAccountId + ' not found.', done)",
  ),
};

/**
 * What every operation that takes StreamName or StreamARN must refuse.
 *
 * @param notFound how it says that there is no stream of this name
 */
export function byNameOrArn(
  operation: string,
  send: Send<Target>,
  notFound: Pick<Case, 'source'> & { readonly message: RegExp } = NOT_FOUND,
): Case[] {
  return [
    defineRefusal({
      operation,
      behaviour: 'missing-resource',
      title: 'no stream of this name',
      exception: 'ResourceNotFoundException',
      ...notFound,
      prepare: (t) => () => send(t, { StreamName: t.freshName() }),
    }),
    defineRefusal({
      operation,
      behaviour: 'missing-resource',
      title: 'no stream of this ARN',
      exception: 'ResourceNotFoundException',
      source: apiReference(operation, NO_STREAM),
      async prepare(t) {
        const StreamARN = await arnOfNothing(t);
        return () => send(t, { StreamARN });
      },
    }),
    defineRefusal({
      operation,
      behaviour: 'invalid-argument',
      title: 'neither name nor ARN',
      exception: BAD_PARAMETER,
      source: apiReference(
        operation,
        'When invoking this API, you must use either the StreamARN or the StreamName parameter, or both.',
      ),
      prepare: (t) => () => send(t, {}),
    }),
    defineRefusal({
      operation,
      behaviour: 'invalid-argument',
      title: 'a name of 129 characters',
      exception: 'ValidationException',
      message:
        /at 'streamName' failed to satisfy constraint: Member must have length less than or equal to 128/,
      source: observedByKinesalite(
        'deleteStream',
        "Value '...' at 'streamName' failed to satisfy constraint: Member must have length less than or equal to 128",
      ),
      prepare: (t) => () => send(t, { StreamName: 'a'.repeat(129) }),
    }),
    defineRefusal({
      operation,
      behaviour: 'invalid-argument',
      title: 'a name with characters that no name has',
      exception: 'ValidationException',
      message:
        /at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: \[a-zA-Z0-9_\.-\]\+/,
      source: observedByKinesalite(
        'deleteStream',
        "Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
      ),
      prepare: (t) => () => send(t, { StreamName: 'no/such name' }),
    }),
    defineRefusal({
      operation,
      behaviour: 'invalid-argument',
      title: 'an ARN that is none of a stream',
      exception: BAD_PARAMETER,
      source: apiReference(
        operation,
        'StreamARN: Pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+',
      ),
      prepare: (t) => () => send(t, { StreamARN: 'arn:aws:sqs:us-east-1:123456789012:queue' }),
    }),
  ];
}

function byArn(operation: string, send: Send<string>): Case[] {
  return [
    defineRefusal({
      operation,
      behaviour: 'missing-resource',
      title: 'no stream of this ARN',
      exception: 'ResourceNotFoundException',
      source: apiReference(operation, NO_STREAM),
      async prepare(t) {
        const arn = await arnOfNothing(t);
        return () => send(t, arn);
      },
    }),
    defineRefusal({
      operation,
      behaviour: 'invalid-argument',
      title: 'an ARN that is none of Kinesis',
      exception: BAD_PARAMETER,
      source: apiReference(
        operation,
        "Pattern: arn:aws.*:kinesis:.*:\\d{12}:.*stream/\\S+ (InvalidArgumentException: A specified parameter exceeds its restrictions, is not supported, or can't be used.)",
      ),
      prepare: (t) => () => send(t, 'arn:aws:sqs:us-east-1:123456789012:queue'),
    }),
  ];
}

/** How the operations of the control plane refuse a stream that is not there, or no name or ARN of one. */
export const addressingCases: readonly Case[] = [
  ...Object.entries(BY_NAME_OR_ARN).flatMap(([operation, send]) => byNameOrArn(operation, send)),
  ...Object.entries(BY_ARN).flatMap(([operation, send]) => byArn(operation, send)),
];
