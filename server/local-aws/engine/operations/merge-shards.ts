import { isLeftNeighbour, mergeRanges } from '#lib/domain/hash-range.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { openShardOf } from './split-shard.ts';

export type MergeShardsInput = StreamRef & {
  /** The left one of the two. */
  readonly shardToMerge: ShardId;
  readonly adjacentShardToMerge: ShardId;
};

/**
 * @throws KinesisError ResourceNotFound, ResourceInUse, InvalidArgument, and ValidationException for
 * an on-demand stream.
 */
export function mergeShards(account: Account, input: MergeShardsInput, nowMs: number): void {
  const stream = account.activeProvisionedStream(input, nowMs);
  const left = openShardOf(account, stream, input.shardToMerge);
  const right = openShardOf(account, stream, input.adjacentShardToMerge);
  if (!isLeftNeighbour(left.range, right.range)) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Shards ${left.shardId} and ${right.shardId} in stream ${stream.name} under account ${account.options.accountId} are not an adjacent pair of shards eligible for merging`,
    );
  }
  account.update(stream, nowMs, (atMs) => {
    stream.replaceShards([mergeRanges(left.range, right.range)], [left, right], atMs);
  });
}
