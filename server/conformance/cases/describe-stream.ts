import { DescribeStreamCommand, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import { BAD_PARAMETER, observedByKinesalite } from '#server/conformance/kinesis/sources.ts';

/** DescribeStream and DescribeStreamSummary. */
export const describeStreamCases: readonly Case[] = [
  defineCase({
    name: 'DescribeStream / a stream of three shards',
    operation: 'DescribeStream',
    behaviour: 'success',
    expected: 'its settings, and the same shards as ListShards',
    source: observedByKinesalite(
      'describeStream',
      "StreamStatus: 'ACTIVE', ... HasMoreShards: false, Shards: [{ShardId: 'shardId-000000000000', ... HashKeyRange: {StartingHashKey: '0', EndingHashKey: '113427455640312821154458202477256070484'}}, ...",
    ),
    async run(t) {
      const { name, arn } = await t.streams.make({ ShardCount: 3 });
      const { StreamDescription: description } = await t.kinesis.send(
        new DescribeStreamCommand({ StreamName: name }),
      );
      const { Shards = [] } = await t.kinesis.send(new ListShardsCommand({ StreamName: name }));
      t.same('StreamName', description?.StreamName, name);
      t.same('StreamARN', description?.StreamARN, arn);
      t.same('StreamStatus', description?.StreamStatus, 'ACTIVE');
      t.same('StreamMode', description?.StreamModeDetails?.StreamMode, 'PROVISIONED');
      t.same('RetentionPeriodHours', description?.RetentionPeriodHours, 24);
      t.same('EncryptionType', description?.EncryptionType, 'NONE');
      t.same('EnhancedMonitoring', description?.EnhancedMonitoring, [{ ShardLevelMetrics: [] }]);
      t.same('HasMoreShards', description?.HasMoreShards, false);
      t.same('Shards', description?.Shards, Shards);
      t.same(
        'first range',
        description?.Shards?.find(({ ShardId }) => ShardId === 'shardId-000000000000')
          ?.HashKeyRange,
        { StartingHashKey: '0', EndingHashKey: '113427455640312821154458202477256070484' },
      );
    },
  }),
  defineCase({
    name: 'DescribeStream / by ARN',
    operation: 'DescribeStream',
    behaviour: 'success',
    expected: 'the stream of this ARN',
    source: apiReference('DescribeStream', 'StreamARN: The ARN of the stream.'),
    async run(t) {
      const { name, arn } = await t.sharedStream();
      const { StreamDescription } = await t.kinesis.send(
        new DescribeStreamCommand({ StreamARN: arn }),
      );
      t.same('StreamName', StreamDescription?.StreamName, name);
    },
  }),
  defineCase({
    name: 'DescribeStream / pages by Limit and ExclusiveStartShardId',
    operation: 'DescribeStream',
    behaviour: 'paging',
    expected: 'two pages of two shards and one of one; HasMoreShards but for the last',
    source: apiReference(
      'DescribeStream',
      'ExclusiveStartShardId: ... describe the stream starting with the shard whose ID immediately follows ExclusiveStartShardId. HasMoreShards: If set to true, more shards in the stream are available to describe.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 5 });
      const sizes: number[] = [];
      const more: (boolean | undefined)[] = [];
      const ids: (string | undefined)[] = [];
      let last: string | undefined;
      for (let page = 0; page < 4 && more.at(-1) !== false; page += 1) {
        const { StreamDescription } = await t.kinesis.send(
          new DescribeStreamCommand({
            StreamName: name,
            Limit: 2,
            ...(last === undefined ? {} : { ExclusiveStartShardId: last }),
          }),
        );
        const shards = StreamDescription?.Shards ?? [];
        sizes.push(shards.length);
        more.push(StreamDescription?.HasMoreShards);
        ids.push(...shards.map(({ ShardId }) => ShardId));
        last = shards.at(-1)?.ShardId;
      }
      t.same('sizes of pages', sizes, [2, 2, 1]);
      t.same('HasMoreShards', more, [true, true, false]);
      t.same('different shards', new Set(ids).size, 5);
    },
  }),
  defineRefusal({
    operation: 'DescribeStream',
    behaviour: 'invalid-argument',
    title: 'Limit 0',
    exception: 'ValidationException',
    message:
      /Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1/,
    source: observedByKinesalite(
      'describeStream',
      "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => t.kinesis.send(new DescribeStreamCommand({ StreamName: name, Limit: 0 }));
    },
  }),
  defineRefusal({
    operation: 'DescribeStream',
    behaviour: 'invalid-argument',
    title: 'Limit 10001',
    exception: 'ValidationException',
    message:
      /Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000/,
    source: observedByKinesalite(
      'describeStream',
      "Value '100000' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => t.kinesis.send(new DescribeStreamCommand({ StreamName: name, Limit: 10_001 }));
    },
  }),
  defineRefusal({
    operation: 'DescribeStream',
    behaviour: 'invalid-argument',
    title: 'an empty ExclusiveStartShardId',
    exception: BAD_PARAMETER,
    source: observedByKinesalite(
      'describeStream',
      "Value '' at 'exclusiveStartShardId' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () =>
        t.kinesis.send(new DescribeStreamCommand({ StreamName: name, ExclusiveStartShardId: '' }));
    },
  }),
  defineCase({
    name: 'DescribeStreamSummary / by name and by ARN',
    operation: 'DescribeStreamSummary',
    behaviour: 'success',
    expected: 'the same summary, without a shard list',
    source: apiReference(
      'DescribeStreamSummary',
      'Provides a summarized description of the specified Kinesis data stream without the shard list.',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make({ ShardCount: 2 });
      const byName = await t.streams.summary(name);
      const byArn = await t.streams.summary(arn);
      t.same('by ARN', byArn, byName);
      t.same('OpenShardCount', byName.OpenShardCount, 2);
      t.same('has a shard list', 'Shards' in byName, false);
    },
  }),
];
