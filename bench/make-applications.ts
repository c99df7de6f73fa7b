import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Shard } from '#lib/domain/shard.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { until } from './until.ts';

/** Items that one BatchWriteItem takes. */
const BATCH = 25;
const WRITERS = 8;

/** Lease tables as version 2 of the KCL keeps them: every shard is owned, and checkpointed at its first record. */
export async function makeApplications(
  aws: Aws,
  endpoint: string,
  applications: number,
): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { signal } = new AbortController();
  const [stream] = await until(async () => {
    const listed = await aws.listStreams(signal);
    return listed.length > 0 ? listed : null;
  });
  const shards = await aws.listShards(stream?.streamName ?? '', signal);
  for (let i = 0; i < applications; i += 1) {
    const table = `application-${i}`;
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'leaseKey', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'leaseKey', AttributeType: 'S' }],
      }),
    );
    const batches: Shard[][] = [];
    for (let from = 0; from < shards.length; from += BATCH) {
      batches.push(shards.slice(from, from + BATCH));
    }
    const write = async () => {
      for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
        const requests = batch.map((shard) => ({ PutRequest: { Item: rowOf(shard, i) } }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, write));
  }
  client.destroy();
}

function rowOf(shard: Shard, application: number): Record<string, AttributeValue> {
  return {
    leaseKey: { S: shard.shardId },
    leaseOwner: { S: `worker-${application}-${Number(shard.shardId.slice(-4)) % 50}` },
    leaseCounter: { N: '1' },
    checkpoint: { S: String(shard.startingSequenceNumber) },
    checkpointSubSequenceNumber: { N: '0' },
    ownerSwitchesSinceCheckpoint: { N: '0' },
    startingHashKey: { S: String(shard.range.start) },
    endingHashKey: { S: String(shard.range.end) },
  };
}
