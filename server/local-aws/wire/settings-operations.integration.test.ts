import {
  CreateStreamCommand,
  DeleteResourcePolicyCommand,
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeAccountSettingsCommand,
  DescribeLimitsCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  GetResourcePolicyCommand,
  type KinesisClient,
  LimitExceededException,
  ListStreamConsumersCommand,
  ListTagsForResourceCommand,
  PutRecordCommand,
  PutRecordsCommand,
  PutResourcePolicyCommand,
  RegisterStreamConsumerCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  UpdateAccountSettingsCommand,
  UpdateMaxRecordSizeCommand,
  UpdateStreamWarmThroughputCommand,
  ValidationException,
} from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWire, WIRE_START_MS, type Wire } from './testing/open-wire.ts';

const StreamName = 'tweets';
const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/tweets';

let wire: Wire;
let client: KinesisClient;

beforeEach(async () => {
  wire = await openWire();
  ({ client } = wire);
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
});

afterEach(() => wire.close());

const summary = async () =>
  (await client.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary;

describe('consumers, as the SDK sees them', () => {
  it('are registered, described, listed, tagged and deregistered', async () => {
    const { Consumer } = await client.send(
      new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'a', Tags: { team: 'x' } }),
    );
    await client.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'b' }));
    expect(Consumer).toEqual({
      ConsumerName: 'a',
      ConsumerARN: `${StreamARN}/consumer/a:${WIRE_START_MS / 1_000}`,
      ConsumerStatus: 'CREATING',
      ConsumerCreationTimestamp: new Date(WIRE_START_MS),
    });
    const ConsumerARN = Consumer?.ConsumerARN ?? '';
    const described = await client.send(new DescribeStreamConsumerCommand({ ConsumerARN }));
    expect(described.ConsumerDescription).toEqual({
      ...Consumer,
      ConsumerStatus: 'ACTIVE',
      StreamARN,
    });
    const { Tags } = await client.send(
      new ListTagsForResourceCommand({ ResourceARN: ConsumerARN }),
    );
    expect(Tags).toEqual([{ Key: 'team', Value: 'x' }]);
    const first = await client.send(new ListStreamConsumersCommand({ StreamARN, MaxResults: 1 }));
    const second = await client.send(
      new ListStreamConsumersCommand({ StreamARN, NextToken: first.NextToken }),
    );
    expect(
      [first, second].map(({ Consumers }) => Consumers?.map((one) => one.ConsumerName)),
    ).toEqual([['a'], ['b']]);
    expect((await summary())?.ConsumerCount).toBe(2);

    const again = new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'a' });
    await expect(client.send(again)).rejects.toBeInstanceOf(ResourceInUseException);
    const deleteStream = new DeleteStreamCommand({ StreamName });
    await expect(client.send(deleteStream)).rejects.toBeInstanceOf(ResourceInUseException);
    await client.send(new DeregisterStreamConsumerCommand({ ConsumerARN }));
    const gone = new DescribeStreamConsumerCommand({ ConsumerARN });
    await expect(client.send(gone)).rejects.toBeInstanceOf(ResourceNotFoundException);
    await client.send(new DeleteStreamCommand({ StreamName, EnforceConsumerDeletion: true }));
  });
});

describe('settings, as the SDK sees them', () => {
  it('has encryption as state', async () => {
    const key = { StreamName, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } as const;
    expect((await summary())?.EncryptionType).toBe('NONE');
    await client.send(new StartStreamEncryptionCommand(key));
    expect(await summary()).toMatchObject({ EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' });
    const record = { PartitionKey: 'k', Data: new Uint8Array(1) };
    const one = await client.send(new PutRecordCommand({ StreamName, ...record }));
    const some = await client.send(new PutRecordsCommand({ StreamName, Records: [record] }));
    expect([one.EncryptionType, some.EncryptionType]).toEqual(['KMS', 'KMS']);
    await client.send(new StopStreamEncryptionCommand(key));
    expect((await summary())?.EncryptionType).toBe('NONE');
  });

  it('takes records of 10 MiB once it is told to', async () => {
    const large = new PutRecordCommand({
      StreamName,
      PartitionKey: 'k',
      Data: new Uint8Array(10 * 1_048_576 - 1),
    });
    await expect(client.send(large)).rejects.toBeInstanceOf(ValidationException);
    const tooLarge = new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 10_241 });
    await expect(client.send(tooLarge)).rejects.toBeInstanceOf(ValidationException);
    await client.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 10_240 }));
    expect((await summary())?.MaxRecordSizeInKiB).toBe(10_240);
    expect((await client.send(large)).ShardId).toBe('shardId-000000000000');
  });

  it('keeps resource policies', async () => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    await client.send(new PutResourcePolicyCommand({ ResourceARN: StreamARN, Policy }));
    const got = await client.send(new GetResourcePolicyCommand({ ResourceARN: StreamARN }));
    expect(got.Policy).toBe(Policy);
    const remove = new DeleteResourcePolicyCommand({ ResourceARN: StreamARN });
    await client.send(remove);
    await expect(client.send(remove)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('has account settings, and warm throughput with them', async () => {
    const name = 'on-demand';
    await client.send(
      new CreateStreamCommand({
        StreamName: name,
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
        MaxRecordSizeInKiB: 2_048,
      }),
    );
    const warm = (WarmThroughputMiBps: number) =>
      client.send(new UpdateStreamWarmThroughputCommand({ StreamName: name, WarmThroughputMiBps }));
    await expect(warm(8)).rejects.toBeInstanceOf(ValidationException);
    const updated = await client.send(
      new UpdateAccountSettingsCommand({
        MinimumThroughputBillingCommitment: { Status: 'ENABLED' },
      }),
    );
    expect(updated.MinimumThroughputBillingCommitment).toEqual({
      Status: 'ENABLED',
      StartedAt: new Date(WIRE_START_MS),
      EarliestAllowedEndAt: new Date(WIRE_START_MS + 86_400_000),
    });
    const described = await client.send(new DescribeAccountSettingsCommand({}));
    expect(described.MinimumThroughputBillingCommitment?.Status).toBe('ENABLED');
    expect((await warm(8)).WarmThroughput).toEqual({ TargetMiBps: 8 });
    await expect(warm(10_241)).rejects.toBeInstanceOf(LimitExceededException);
    expect((await client.send(new DescribeLimitsCommand({}))).OpenShardCount).toBe(9);
  });
});
