import {
  DescribeLimitsCommand,
  type KinesisClient,
  ListStreamConsumersCommand,
  ListTagsForStreamCommand,
} from '@aws-sdk/client-kinesis';
import type { AccountLimits, StreamConsumer, StreamTags } from '#lib/domain/stream-settings.ts';
import type { Caller } from './call.ts';

/** A page of ListTagsForStream holds so many at most; a stream has no more tags at present. */
const TAGS_PER_PAGE = 50;

/** All tags of a stream. @throws AwsFailure */
export async function listTags(
  kinesis: KinesisClient,
  caller: Caller,
  streamArn: string,
  signal: AbortSignal,
): Promise<StreamTags> {
  const tags: [string, string][] = [];
  let after: string | undefined;
  for (;;) {
    const page = await caller.call('kinesis:ListTagsForStream', signal, (abortSignal) =>
      kinesis.send(
        new ListTagsForStreamCommand({
          StreamARN: streamArn,
          Limit: TAGS_PER_PAGE,
          ...(after !== undefined && { ExclusiveStartTagKey: after }),
        }),
        { abortSignal },
      ),
    );
    for (const { Key, Value } of page.Tags ?? []) {
      if (Key !== undefined) tags.push([Key, Value ?? '']);
    }
    after = tags.at(-1)?.[0];
    if (page.HasMoreTags !== true || after === undefined) return Object.fromEntries(tags);
  }
}

/** All consumers of enhanced fan-out that are registered with a stream. @throws AwsFailure */
export async function listConsumers(
  kinesis: KinesisClient,
  caller: Caller,
  streamArn: string,
  signal: AbortSignal,
): Promise<readonly StreamConsumer[]> {
  const consumers: StreamConsumer[] = [];
  let nextToken: string | undefined;
  do {
    const page = await caller.call('kinesis:ListStreamConsumers', signal, (abortSignal) =>
      kinesis.send(
        new ListStreamConsumersCommand({
          StreamARN: streamArn,
          ...(nextToken !== undefined && { NextToken: nextToken }),
        }),
        { abortSignal },
      ),
    );
    for (const given of page.Consumers ?? []) {
      const { ConsumerName, ConsumerARN, ConsumerStatus, ConsumerCreationTimestamp } = given;
      if (ConsumerName === undefined || ConsumerARN === undefined) continue;
      consumers.push({
        consumerName: ConsumerName,
        consumerArn: ConsumerARN,
        status: ConsumerStatus ?? 'ACTIVE',
        createdAtMs: ConsumerCreationTimestamp?.getTime() ?? 0,
      });
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return consumers;
}

/** @throws AwsFailure */
export async function describeLimits(
  kinesis: KinesisClient,
  caller: Caller,
  signal: AbortSignal,
): Promise<AccountLimits> {
  const answer = await caller.call('kinesis:DescribeLimits', signal, (abortSignal) =>
    kinesis.send(new DescribeLimitsCommand({}), { abortSignal }),
  );
  return {
    shardLimit: answer.ShardLimit ?? null,
    openShardCount: answer.OpenShardCount ?? null,
    onDemandStreamLimit: answer.OnDemandStreamCountLimit ?? null,
    onDemandStreamCount: answer.OnDemandStreamCount ?? null,
  };
}
