import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { ShardFilter } from '#server/local-aws/engine/operations/list-shards.ts';
import { hashKeyText } from './hash-key-member.ts';
import { nextToken, shardId, streamRef, toStreamRef } from './members.ts';
import { type OperationTable, operation } from './operation.ts';
import { instant, integer, oneOf, required, structure } from './shape.ts';
import { shardMember } from './shard-members.ts';

/** Shards: to list them, and to change how many there are. */
export const SHARD_OPERATIONS: OperationTable = {
  ListShards: operation(
    structure({
      ...streamRef,
      NextToken: nextToken,
      ExclusiveStartShardId: shardId,
      MaxResults: integer({ min: 1, max: 10_000 }),
      StreamCreationTimestamp: instant(),
      ShardFilter: structure({
        Type: required(
          oneOf([
            'AFTER_SHARD_ID',
            'AT_TRIM_HORIZON',
            'FROM_TRIM_HORIZON',
            'AT_LATEST',
            'AT_TIMESTAMP',
            'FROM_TIMESTAMP',
          ]),
        ),
        ShardId: shardId,
        Timestamp: instant(),
      }),
    }),
    (input, { engine, nowMs }) => {
      const { shards, nextToken: next } = engine.listShards(
        {
          ...toStreamRef(input),
          nextToken: input.NextToken,
          exclusiveStartShardId: input.ExclusiveStartShardId,
          maxResults: input.MaxResults,
          streamCreatedAtMs: input.StreamCreationTimestamp,
          filter: input.ShardFilter === undefined ? undefined : toShardFilter(input.ShardFilter),
        },
        nowMs,
      );
      return { Shards: shards.map(shardMember), NextToken: next ?? undefined };
    },
  ),

  SplitShard: operation(
    structure({
      ...streamRef,
      ShardToSplit: required(shardId),
      NewStartingHashKey: required(hashKeyText),
    }),
    (input, { engine, nowMs }) => {
      engine.splitShard(
        {
          ...toStreamRef(input),
          shardToSplit: input.ShardToSplit,
          newStartingHashKey: BigInt(input.NewStartingHashKey),
        },
        nowMs,
      );
      return {};
    },
  ),

  MergeShards: operation(
    structure({
      ...streamRef,
      ShardToMerge: required(shardId),
      AdjacentShardToMerge: required(shardId),
    }),
    (input, { engine, nowMs }) => {
      engine.mergeShards(
        {
          ...toStreamRef(input),
          shardToMerge: input.ShardToMerge,
          adjacentShardToMerge: input.AdjacentShardToMerge,
        },
        nowMs,
      );
      return {};
    },
  ),

  UpdateShardCount: operation(
    structure({
      ...streamRef,
      TargetShardCount: required(integer({ min: 1 })),
      ScalingType: required(oneOf(['UNIFORM_SCALING'])),
    }),
    (input, { engine, nowMs }) => {
      const output = engine.updateShardCount(
        { ...toStreamRef(input), targetShardCount: input.TargetShardCount },
        nowMs,
      );
      return {
        StreamName: output.streamName,
        StreamARN: output.streamArn,
        CurrentShardCount: output.currentShardCount,
        TargetShardCount: output.targetShardCount,
      };
    },
  ),
};

type ShardFilterInput = {
  readonly Type: ShardFilter['type'];
  readonly ShardId: string | undefined;
  readonly Timestamp: number | undefined;
};

/** @throws KinesisError InvalidArgumentException where the type's own argument is missing. */
function toShardFilter({ Type: type, ShardId, Timestamp }: ShardFilterInput): ShardFilter {
  switch (type) {
    case 'AFTER_SHARD_ID':
      return { type, shardId: given(ShardId, 'ShardId', type) };
    case 'AT_TIMESTAMP':
    case 'FROM_TIMESTAMP':
      return { type, timestampMs: given(Timestamp, 'Timestamp', type) };
    case 'AT_TRIM_HORIZON':
    case 'FROM_TRIM_HORIZON':
    case 'AT_LATEST':
      return { type };
  }
}

function given<T>(value: T | undefined, member: string, type: string): T {
  if (value === undefined) {
    throw new KinesisError(
      'InvalidArgumentException',
      `${member} must be specified for a ShardFilter of type ${type}.`,
    );
  }
  return value;
}
