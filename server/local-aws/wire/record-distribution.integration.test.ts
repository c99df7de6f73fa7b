import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  InvalidArgumentException,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  UpdateStreamRecordDistributionStrategyCommand,
  ValidationException,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '#server/local-aws/engine/engine.ts';
import { createFaults } from '#server/local-aws/faults/faults.ts';
import { createKinesisServer } from './kinesis-server.ts';

const NOW_MS = 1_795_413_600_000;
const StreamName = 'logs';
const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/logs';
const Data = Buffer.from('line');

let server: Server;
let client: KinesisClient;

beforeEach(async () => {
  const kinesis = createKinesisServer({
    engine: openEngine({ clock: { nowMs: () => NOW_MS }, transitionMs: 0 }),
    faults: createFaults(),
    log: { error: () => expect.unreachable('Nothing fails here') },
  });
  server = createServer((req, res) => kinesis.handle(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new KinesisClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const createOnDemand = () =>
  client.send(
    new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
  );
const strategyNow = async () =>
  (await client.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary
    ?.RecordDistributionStrategy;
const spreadItself = () =>
  client.send(
    new UpdateStreamRecordDistributionStrategyCommand({
      StreamARN,
      RecordDistributionStrategy: 'AUTO',
    }),
  );

describe('the strategy by which a stream distributes its records', () => {
  it('is told of on-demand streams, and switched without a pause', async () => {
    await createOnDemand();
    expect(await strategyNow()).toBe('USER_PARTITION_KEY');
    await spreadItself();
    expect(await strategyNow()).toBe('AUTO');
  });

  it('makes keys optional; they are given back where there were any', async () => {
    await createOnDemand();
    await expect(client.send(new PutRecordCommand({ StreamName, Data }))).rejects.toBeInstanceOf(
      ValidationException,
    );
    await spreadItself();
    const { Records } = await client.send(
      new PutRecordsCommand({
        StreamName,
        Records: [
          { Data },
          { Data, PartitionKey: 'host-1' },
          { Data, PartitionKey: 'host-1', ExplicitHashKey: '0' },
          { Data },
        ],
      }),
    );
    expect(new Set(Records?.map(({ ShardId }) => ShardId)).size).toBe(4);
    const keys = await Promise.all(
      (Records ?? []).map(async ({ ShardId }) => {
        const { ShardIterator } = await client.send(
          new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
        );
        const read = await client.send(new GetRecordsCommand({ ShardIterator }));
        return read.Records?.map(({ PartitionKey }) => PartitionKey);
      }),
    );
    expect(keys).toEqual([[undefined], ['host-1'], ['host-1'], [undefined]]);
  });

  it('is no setting of provisioned streams', async () => {
    await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    expect(await strategyNow()).toBeUndefined();
    await expect(spreadItself()).rejects.toBeInstanceOf(InvalidArgumentException);
  });
});
