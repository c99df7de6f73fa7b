import {
  CreateStreamCommand,
  DescribeLimitsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  LimitExceededException,
  ListShardsCommand,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWire, type Wire } from './testing/open-wire.ts';

const StreamName = 'tweets';

let wire: Wire;
let client: KinesisClient;

beforeEach(async () => {
  wire = await openWire({ limited: true });
  ({ client } = wire);
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
});

afterEach(() => wire.close());

describe('a client that calls too often', () => {
  it('is refused by the exception of the operation, until a second has passed', async () => {
    const describeLimits = () => client.send(new DescribeLimitsCommand({}));
    await describeLimits();
    await expect(describeLimits()).rejects.toBeInstanceOf(LimitExceededException);
    wire.clock.nowMs += 1_000;
    await expect(describeLimits()).resolves.toMatchObject({ OpenShardCount: 2 });
  });

  it('is told of the shard where a shard is what counts', async () => {
    const iterator = (ShardId: string) =>
      client.send(
        new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'LATEST' }),
      );
    const [first, second] = ['shardId-000000000000', 'shardId-000000000001'] as const;
    await Promise.all(Array.from({ length: 5 }, () => iterator(first)));
    const refused = iterator(first);
    await expect(refused).rejects.toBeInstanceOf(ProvisionedThroughputExceededException);
    await expect(refused).rejects.toThrow(
      `Rate exceeded for shard ${first} in stream ${StreamName} under account 000000000000.`,
    );
    await expect(iterator(second)).resolves.toHaveProperty('ShardIterator');
  });

  it('pages through a stream as fast as it may list its shards', async () => {
    let listed = await client.send(new ListShardsCommand({ StreamName, MaxResults: 1 }));
    const { NextToken } = listed;
    for (let page = 1; page < 1_000; page += 1) {
      listed = await client.send(new ListShardsCommand({ NextToken }));
    }
    expect(listed.Shards).toHaveLength(1);
    await expect(client.send(new ListShardsCommand({ NextToken }))).rejects.toThrow(
      `Rate exceeded for stream ${StreamName} under account 000000000000.`,
    );
  });
});
