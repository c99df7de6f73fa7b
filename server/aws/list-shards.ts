import {
  type KinesisClient,
  ListShardsCommand,
  type Shard as SdkShard,
} from '@aws-sdk/client-kinesis';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { parseHashKey } from '#lib/domain/hash-key.ts';
import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import type { Shard } from '#lib/domain/shard.ts';
import type { Caller } from './call.ts';
import { type StreamRef, streamMember } from './describe-stream.ts';

const PAGE_SIZE = 1_000;

/** All shards that Kinesis still knows of a stream, open and closed, in its order. @throws AwsFailure */
export async function listShards(
  kinesis: KinesisClient,
  caller: Caller,
  stream: StreamRef,
  signal: AbortSignal,
): Promise<readonly Shard[]> {
  const called = typeof stream === 'string' ? stream : stream.streamArn;
  const shards: Shard[] = [];
  let nextToken: string | undefined;
  do {
    // A page is asked for by its token alone: giving the stream too is an error.
    const request = nextToken === undefined ? streamMember(stream) : { NextToken: nextToken };
    const page = await caller.call('kinesis:ListShards', signal, (abortSignal) =>
      kinesis.send(new ListShardsCommand({ ...request, MaxResults: PAGE_SIZE }), { abortSignal }),
    );
    shards.push(...(page.Shards ?? []).map((shard) => toShard(shard, called)));
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return shards;
}

function toShard(given: SdkShard, called: string): Shard {
  const start = parseHashKey(given.HashKeyRange?.StartingHashKey ?? '');
  const end = parseHashKey(given.HashKeyRange?.EndingHashKey ?? '');
  const starting = parseSequenceNumber(given.SequenceNumberRange?.StartingSequenceNumber ?? '');
  const endingText = given.SequenceNumberRange?.EndingSequenceNumber;
  const ending = endingText === undefined ? null : parseSequenceNumber(endingText);
  if (
    given.ShardId === undefined ||
    start === null ||
    end === null ||
    start > end ||
    starting === null ||
    (endingText !== undefined && ending === null)
  ) {
    throw new AwsFailure(
      'service-error',
      'kinesis:ListShards',
      `The endpoint lists a shard of ${called} (${given.ShardId ?? 'without an id'}) whose range cannot be read. It may not be compatible with Kinesis.`,
    );
  }
  return {
    shardId: given.ShardId,
    range: { start, end },
    parentShardId: given.ParentShardId ?? null,
    adjacentParentShardId: given.AdjacentParentShardId ?? null,
    startingSequenceNumber: starting,
    endingSequenceNumber: ending,
  };
}
