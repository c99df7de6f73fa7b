import { HASH_KEY_MAX, hashKey } from '#lib/domain/hash-key.ts';
import { canSplitAt, splitRange } from '#lib/domain/hash-range.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EngineShard } from '#server/local-aws/engine/engine-shard.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

export type SplitShardInput = StreamRef & {
  readonly shardToSplit: ShardId;
  /** May lie outside the shard, and the ring: that is refused. */
  readonly newStartingHashKey: bigint;
};

/**
 * @throws KinesisError ResourceNotFound, ResourceInUse, InvalidArgument, LimitExceeded, and
 * ValidationException for an on-demand stream.
 */
export function splitShard(account: Account, input: SplitShardInput, nowMs: number): void {
  const stream = account.activeProvisionedStream(input, nowMs);
  const shard = openShardOf(account, stream, input.shardToSplit);
  const { newStartingHashKey } = input;
  const isOfRing = newStartingHashKey >= 0n && newStartingHashKey <= HASH_KEY_MAX;
  if (!isOfRing || !canSplitAt(shard.range, hashKey(newStartingHashKey))) {
    throw new KinesisError(
      'InvalidArgumentException',
      `NewStartingHashKey ${newStartingHashKey} used in SplitShard() on shard ${shard.shardId} in stream ${stream.name} ` +
        `under account ${account.options.accountId} is not both greater than one plus the shard's StartingHashKey ` +
        `${shard.range.start} and less than the shard's EndingHashKey ${shard.range.end}.`,
    );
  }
  account.assertShardQuota(1, nowMs);
  account.update(stream, nowMs, (atMs) => {
    stream.replaceShards(splitRange(shard.range, hashKey(newStartingHashKey)), [shard], atMs);
  });
}

/** @throws KinesisError ResourceNotFoundException, or, as was observed at AWS, InvalidArgumentException for a closed shard. */
export function openShardOf(account: Account, stream: EngineStream, shardId: ShardId): EngineShard {
  const shard = stream.findShard(shardId);
  if (shard === undefined) {
    throw new KinesisError(
      'ResourceNotFoundException',
      `Could not find shard ${shardId} in stream ${stream.name} under account ${account.options.accountId}.`,
    );
  }
  if (!shard.isOpen) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Shard ${shardId} in stream ${stream.name} under account ${account.options.accountId} has already been merged or split, and thus is not eligible for merging or splitting.`,
    );
  }
  return shard;
}
