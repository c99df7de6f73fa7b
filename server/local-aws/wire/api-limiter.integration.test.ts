import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateStreamCommand,
  DescribeLimitsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  LimitExceededException,
  ListShardsCommand,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '#server/local-aws/engine/engine.ts';
import { createFaults } from '#server/local-aws/faults/faults.ts';
import { ApiLimiter } from './api-limiter.ts';
import { createKinesisServer } from './kinesis-server.ts';

/** 2026-11-23T06:00:00Z. */
const START_MS = 1_795_413_600_000;
const StreamName = 'tweets';

let nowMs: number;
let server: Server;
let client: KinesisClient;

beforeEach(async () => {
  nowMs = START_MS;
  const engine = openEngine({ clock: { nowMs: () => nowMs }, transitionMs: 0 });
  const kinesis = createKinesisServer({
    engine,
    faults: createFaults(),
    log: { error: () => expect.unreachable('Nothing fails here') },
    limiter: new ApiLimiter(1, engine.accountId),
  });
  server = createServer((req, res) => kinesis.handle(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  client = new KinesisClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  });
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

describe('a client that calls too often', () => {
  it('is refused by the exception of the operation, until a second has passed', async () => {
    const describeLimits = () => client.send(new DescribeLimitsCommand({}));
    await describeLimits();
    await expect(describeLimits()).rejects.toBeInstanceOf(LimitExceededException);
    nowMs += 1_000;
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
