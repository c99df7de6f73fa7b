import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  InvalidArgumentException,
  type KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  UpdateStreamRecordDistributionStrategyCommand,
  ValidationException,
} from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWire, type Wire } from './testing/open-wire.ts';

const StreamName = 'logs';
const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/logs';
const Data = Buffer.from('line');

let wire: Wire;
let client: KinesisClient;

beforeEach(async () => {
  wire = await openWire();
  ({ client } = wire);
});

afterEach(() => wire.close());

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
