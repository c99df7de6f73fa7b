import type { ShardId } from '#lib/domain/shard.ts';
import type { Account } from '#server/local-aws/engine/account.ts';
import { type FoundConsumer, findConsumer } from '#server/local-aws/engine/find-consumer.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import {
  ShardSubscription,
  subscriptionExists,
} from '#server/local-aws/engine/shard-subscription.ts';
import { ordinalOf, retainedShard, type ShardPosition } from './get-shard-iterator.ts';

export type SubscribeToShardInput = {
  readonly consumerArn: string;
  readonly shardId: ShardId;
  readonly position: ShardPosition;
};

/**
 * Begins a subscription, and ends the one that the consumer may have to this shard.
 * @throws KinesisError ResourceNotFound, InvalidArgument, and ResourceInUseException for a consumer that is
 * not ACTIVE, or within 5 s of the call before.
 */
export function subscribeToShard(
  account: Account,
  input: SubscribeToShardInput,
  nowMs: number,
): ShardSubscription {
  const found = activeConsumer(account, input.consumerArn, nowMs);
  const { stream, consumer } = found;
  const shard = retainedShard(account, stream, input.shardId, nowMs);
  const ordinal = ordinalOf(account, stream, shard, input.position, nowMs);
  const meter = stream.meter.consumer(consumer.name);
  const previous = consumer.subscriptions.get(shard.shardId);
  const isExclusive = previous?.isExclusiveAt(nowMs) === true;
  meter.recordCall(nowMs, !isExclusive);
  if (isExclusive) {
    throw subscriptionExists(account, found);
  }
  previous?.takeOver();
  const subscription = new ShardSubscription({
    ...found,
    account,
    shardId: shard.shardId,
    ordinal,
    meter,
    previous,
    startedAtMs: nowMs,
  });
  consumer.subscriptions.set(shard.shardId, subscription);
  return subscription;
}

/** @throws KinesisError ResourceNotFound, InvalidArgument, ResourceInUse. */
function activeConsumer(account: Account, consumerArn: string, nowMs: number): FoundConsumer {
  const found = findConsumer(account, { consumerArn }, nowMs);
  account.servingStream({ streamName: found.stream.name }, nowMs);
  const status = found.consumer.statusAt(nowMs);
  if (status !== 'ACTIVE') {
    throw new KinesisError(
      'ResourceInUseException',
      `Consumer ${consumerArn} under account ${account.options.accountId} not ACTIVE, instead in state ${status}`,
    );
  }
  return found;
}
