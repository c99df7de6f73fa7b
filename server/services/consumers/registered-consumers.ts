import type { StreamConsumer, StreamSettings } from '#lib/domain/stream-settings.ts';
import type { Aws } from '#server/aws/open-aws.ts';

/** Consumers of enhanced fan-out of one stream, by name; one that is being deregistered is none of them. */
export type Registered = ReadonlyMap<string, StreamConsumer>;

/** @throws AwsFailure */
export async function readRegistered(
  aws: Aws,
  { streamArn }: StreamSettings,
  signal: AbortSignal,
): Promise<Registered> {
  const consumers = await aws.listConsumers(streamArn, signal);
  return new Map(
    consumers
      .filter(({ status }) => status !== 'DELETING')
      .map((consumer) => [consumer.consumerName, consumer]),
  );
}
