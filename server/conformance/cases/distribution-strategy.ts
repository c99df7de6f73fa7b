import {
  PutRecordCommand,
  UpdateStreamRecordDistributionStrategyCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';

const OPERATION = 'UpdateStreamRecordDistributionStrategy';
const ON_DEMAND = { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } as const;
/** Enough that even spreading over four shards cannot leave one of them out by chance. */
const RECORDS = 64;

function update(t: CaseTools, arn: string, strategy: string): Promise<unknown> {
  return t.kinesis.send(
    new UpdateStreamRecordDistributionStrategyCommand({
      StreamARN: arn,
      RecordDistributionStrategy: strategy as 'AUTO',
    }),
  );
}

/** The shards in which records of one key arrive. */
async function shardsOfOneKey(t: CaseTools, name: string): Promise<Set<string | undefined>> {
  const shards = new Set<string | undefined>();
  for (let index = 0; index < RECORDS; index += 1) {
    const { ShardId } = await t.kinesis.send(
      new PutRecordCommand({
        StreamName: name,
        PartitionKey: 'one key',
        ExplicitHashKey: '0',
        Data: Buffer.from(`r${index}`),
      }),
    );
    shards.add(ShardId);
  }
  return shards;
}

/** UpdateStreamRecordDistributionStrategy. */
export const distributionStrategyCases: readonly Case[] = [
  defineCase({
    name: `${OPERATION} / AUTO passes over the partition key and the explicit hash key`,
    operation: OPERATION,
    behaviour: 'success',
    expected: 'shown by DescribeStreamSummary; records of one key in each of the four shards',
    source: apiReference(
      OPERATION,
      'AUTO - Amazon Kinesis Data Streams distributes records evenly across shards using service-managed algorithms, and ignores any partition key and ExplicitHashKey that a producer provides.',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make(ON_DEMAND);
      await update(t, arn, 'AUTO');
      const { RecordDistributionStrategy } = await t.streams.active(name);
      t.same('RecordDistributionStrategy', RecordDistributionStrategy, 'AUTO');
      t.same('shards of one key', (await shardsOfOneKey(t, name)).size, 4);
    },
  }),
  defineCase({
    name: `${OPERATION} / back to the partition key`,
    operation: OPERATION,
    behaviour: 'success',
    expected: 'records of one key in one shard again',
    source: apiReference(
      OPERATION,
      'USER_PARTITION_KEY - ... Records that share a partition key are sent to the same shard. This is the default strategy. ... You can switch between the following strategies at any time, and the change takes effect immediately',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make({
        ...ON_DEMAND,
        RecordDistributionStrategy: 'AUTO',
      });
      await update(t, arn, 'USER_PARTITION_KEY');
      await t.streams.active(name);
      t.same('shards of one key', (await shardsOfOneKey(t, name)).size, 1);
    },
  }),
  defineRefusal({
    operation: OPERATION,
    behaviour: 'wrong-state',
    title: 'AUTO on a provisioned stream',
    exception: 'InvalidArgumentException',
    source: apiReference(
      OPERATION,
      'Attempting to set AUTO on a provisioned stream results in an InvalidArgumentException.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => update(t, arn, 'AUTO');
    },
  }),
  defineRefusal({
    operation: OPERATION,
    behaviour: 'invalid-argument',
    title: 'a strategy that there is not',
    exception: BAD_PARAMETER,
    source: apiReference(
      OPERATION,
      'RecordDistributionStrategy: Valid Values: AUTO | USER_PARTITION_KEY',
    ),
    async prepare(t) {
      const { arn } = await t.sharedOnDemandStream();
      return () => update(t, arn, 'BY_MOOD');
    },
  }),
  refusedWhileCreating(OPERATION, (t, { arn }) => update(t, arn, 'AUTO'), { wish: ON_DEMAND }),
];
