import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandOutput,
} from '@aws-sdk/client-kinesis';
import type { TargetRecord } from './check.ts';

const RECORDS_A_READ = 5_000;

/** Reads a stream from its oldest record to its newest, shard by shard. To be called when nobody writes any more. */
export async function* dumpStream(
  kinesis: KinesisClient,
  streamName: string,
): AsyncGenerator<TargetRecord> {
  for (const shardId of await shardIdsOf(kinesis, streamName)) {
    yield* dumpShard(kinesis, streamName, shardId);
  }
}

async function shardIdsOf(kinesis: KinesisClient, streamName: string): Promise<string[]> {
  const ids: string[] = [];
  let page: { StreamName: string } | { NextToken: string } | null = { StreamName: streamName };
  while (page !== null) {
    const listed: ListShardsCommandOutput = await kinesis.send(new ListShardsCommand(page));
    for (const { ShardId } of listed.Shards ?? []) if (ShardId !== undefined) ids.push(ShardId);
    page = listed.NextToken === undefined ? null : { NextToken: listed.NextToken };
  }
  return ids;
}

async function* dumpShard(
  kinesis: KinesisClient,
  streamName: string,
  shardId: string,
): AsyncGenerator<TargetRecord> {
  const from = {
    StreamName: streamName,
    ShardId: shardId,
    ShardIteratorType: 'TRIM_HORIZON',
  } as const;
  let { ShardIterator: iterator } = await kinesis.send(new GetShardIteratorCommand(from));
  while (iterator !== undefined) {
    const read = await kinesis.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: RECORDS_A_READ }),
    );
    for (const { PartitionKey = '', Data = new Uint8Array() } of read.Records ?? []) {
      yield { partitionKey: PartitionKey, data: Data };
    }
    // A closed shard has no next iterator; an open one is at its end when nothing lies before it.
    const isAtEnd = read.Records?.length === 0 && read.MillisBehindLatest === 0;
    iterator = isAtEnd ? undefined : read.NextShardIterator;
  }
}
