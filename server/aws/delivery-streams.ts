import {
  DescribeDeliveryStreamCommand,
  type FirehoseClient,
  ListDeliveryStreamsCommand,
} from '@aws-sdk/client-firehose';
import type { DeliveryStream } from '#lib/domain/consumers/managed-consumers.ts';
import type { Caller } from './call.ts';

const PAGE_SIZE = 50;

/** Names of all delivery streams that read a Kinesis stream. @throws AwsFailure */
export async function listDeliveryStreams(
  firehose: FirehoseClient,
  caller: Caller,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (;;) {
    const after = names.at(-1);
    const page = await caller.call('firehose:ListDeliveryStreams', signal, (abortSignal) =>
      firehose.send(
        new ListDeliveryStreamsCommand({
          DeliveryStreamType: 'KinesisStreamAsSource',
          Limit: PAGE_SIZE,
          ...(after !== undefined && { ExclusiveStartDeliveryStreamName: after }),
        }),
        { abortSignal },
      ),
    );
    const more = page.DeliveryStreamNames ?? [];
    names.push(...more);
    if (page.HasMoreDeliveryStreams !== true || more.length === 0) return names;
  }
}

/** @throws AwsFailure; `not-found` where it is gone */
export async function describeDeliveryStream(
  firehose: FirehoseClient,
  caller: Caller,
  name: string,
  signal: AbortSignal,
): Promise<DeliveryStream> {
  const { DeliveryStreamDescription: given } = await caller.call(
    'firehose:DescribeDeliveryStream',
    signal,
    (abortSignal) =>
      firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }), {
        abortSignal,
      }),
  );
  return {
    name,
    arn: given?.DeliveryStreamARN ?? '',
    status: given?.DeliveryStreamStatus ?? 'UNKNOWN',
    sourceStreamArn: given?.Source?.KinesisStreamSourceDescription?.KinesisStreamARN ?? null,
  };
}
