import {
  CreateStreamCommand,
  type CreateStreamInput,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  ListTagsForStreamCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { BAD_PARAMETER, guide, observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

function create(t: CaseTools, input: Partial<CreateStreamInput> = {}): Promise<unknown> {
  return t.kinesis.send(
    new CreateStreamCommand({ StreamName: t.streams.adopt(t.freshName()), ...input }),
  );
}

const ON_DEMAND = { StreamMode: 'ON_DEMAND' } as const;
const PROVISIONED = { StreamMode: 'PROVISIONED' } as const;

/** CreateStream. What shards it makes is in shards.ts. */
export const createStreamCases: readonly Case[] = [
  defineCase({
    name: 'CreateStream / a provisioned stream as it begins',
    operation: 'CreateStream',
    behaviour: 'success',
    expected:
      'ACTIVE, 24 hours, not encrypted, no shard-level metrics, no consumers, as many open shards as asked for',
    source: observedByKinesalite(
      'describeStreamSummary',
      "StreamStatus: 'ACTIVE', ..., RetentionPeriodHours: 24, EncryptionType: 'NONE', EnhancedMonitoring: [{ShardLevelMetrics: []}], OpenShardCount: 3",
    ),
    async run(t) {
      const { name, arn } = await t.streams.make({ ShardCount: 3 });
      const summary = await t.streams.summary(name);
      t.same('StreamName', summary.StreamName, name);
      t.matches(
        'StreamARN',
        arn,
        new RegExp(`^arn:aws[^:]*:kinesis:${t.region}:\\d{12}:stream/${name}$`),
      );
      t.same('StreamStatus', summary.StreamStatus, 'ACTIVE');
      t.same('StreamMode', summary.StreamModeDetails?.StreamMode, 'PROVISIONED');
      t.same('RetentionPeriodHours', summary.RetentionPeriodHours, 24);
      t.same('EncryptionType', summary.EncryptionType, 'NONE');
      t.same('EnhancedMonitoring', summary.EnhancedMonitoring, [{ ShardLevelMetrics: [] }]);
      t.same('OpenShardCount', summary.OpenShardCount, 3);
      t.same('ConsumerCount', summary.ConsumerCount, 0);
      t.holds(
        'StreamCreationTimestamp is a time',
        summary.StreamCreationTimestamp instanceof Date &&
          Number.isFinite(summary.StreamCreationTimestamp.getTime()),
        summary.StreamCreationTimestamp,
      );
    },
  }),
  defineCase({
    name: 'CreateStream / is CREATING at first, without shards',
    operation: 'CreateStream',
    behaviour: 'success',
    expected: 'StreamStatus CREATING, Shards [], HasMoreShards false',
    source: observedByKinesalite(
      'createStream',
      "res.body.StreamDescription.StreamStatus.should.equal('CREATING') ... Shards.should.be.empty ... HasMoreShards.should.be.false",
    ),
    async run(t) {
      const { name } = await t.streams.begin({ ShardCount: 2 });
      const { StreamDescription: description } = await t.kinesis.send(
        new DescribeStreamCommand({ StreamName: name }),
      );
      if (description?.StreamStatus !== 'CREATING')
        return t.notApplicable('streams are ACTIVE at once');
      t.same('Shards', description.Shards, []);
      t.same('HasMoreShards', description.HasMoreShards, false);
    },
  }),
  defineCase({
    name: 'CreateStream / on-demand, without a shard count',
    operation: 'CreateStream',
    behaviour: 'success',
    expected: 'ON_DEMAND with 4 shards',
    source: guide(
      'how-do-i-size-a-stream',
      'By default, new data streams created with the on-demand capacity mode have 4 MB/s of write and 8 MB/s of read throughput.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ StreamModeDetails: ON_DEMAND });
      const summary = await t.streams.summary(name);
      t.same('StreamMode', summary.StreamModeDetails?.StreamMode, 'ON_DEMAND');
      t.same('OpenShardCount', summary.OpenShardCount, 4);
    },
  }),
  defineCase({
    name: 'CreateStream / a name of 128 characters of each kind',
    operation: 'CreateStream',
    behaviour: 'success',
    expected: 'the stream bears this name',
    source: apiReference(
      'CreateStream',
      'StreamName: Length Constraints: Minimum length of 1. Maximum length of 128. Pattern: [a-zA-Z0-9_.-]+',
    ),
    async run(t) {
      const name = t.streams.adopt(`${t.freshName()}_.-aZ09`.padEnd(128, 'x'));
      await t.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
      t.same('StreamName', (await t.streams.active(name)).StreamName, name);
    },
  }),
  defineCase({
    name: 'CreateStream / with tags, which are there from the beginning',
    operation: 'CreateStream',
    behaviour: 'success',
    expected: 'ListTagsForStream shows them',
    source: apiReference(
      'CreateStream',
      'You can add tags to the stream when making a CreateStream request by setting the Tags parameter. ... Tags will take effect from the CREATING status of the stream',
    ),
    async run(t) {
      const { name } = await t.streams.begin({ Tags: { team: 'a', stage: 'b' } });
      const { Tags } = await t.kinesis.send(new ListTagsForStreamCommand({ StreamName: name }));
      t.same('Tags', sortedByKey(Tags), [
        { Key: 'stage', Value: 'b' },
        { Key: 'team', Value: 'a' },
      ]);
    },
  }),
  defineCase({
    name: 'CreateStream / with a larger maximum record size',
    operation: 'CreateStream',
    behaviour: 'success',
    expected: 'DescribeStreamSummary shows MaxRecordSizeInKiB 2048',
    source: apiReference(
      'CreateStream',
      'MaxRecordSizeInKiB: The maximum record size of a single record in kibibyte (KiB) that you can write to, and read from a stream.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ MaxRecordSizeInKiB: 2_048 });
      t.same('MaxRecordSizeInKiB', (await t.streams.summary(name)).MaxRecordSizeInKiB, 2_048);
    },
  }),
  defineCase({
    name: 'CreateStream / on-demand that distributes records by itself',
    operation: 'CreateStream',
    behaviour: 'success',
    expected: 'DescribeStreamSummary shows RecordDistributionStrategy AUTO',
    source: apiReference(
      'CreateStream',
      'RecordDistributionStrategy: AUTO - Amazon Kinesis Data Streams distributes records evenly across shards and ignores any partition key and ExplicitHashKey that producers supply.',
    ),
    async run(t) {
      const { name } = await t.streams.make({
        StreamModeDetails: ON_DEMAND,
        RecordDistributionStrategy: 'AUTO',
      });
      const summary = await t.streams.summary(name);
      t.same('RecordDistributionStrategy', summary.RecordDistributionStrategy, 'AUTO');
    },
  }),
  defineCase({
    name: 'CreateStream / a name that was free again',
    operation: 'CreateStream',
    behaviour: 'success',
    expected: 'another stream: made later, empty, with its own shard count',
    source: apiReference(
      'ListStreamConsumers',
      'if you create a data stream and then delete it, and you later create another data stream with the same name, you can use this input parameter to specify which of the two streams you want',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2, Tags: { of: 'the first' } });
      const first = await t.streams.summary(name);
      await t.streams.remove(name);
      await t.streams.gone(name);
      await t.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
      const second = await t.streams.active(name);
      t.same('OpenShardCount', second.OpenShardCount, 1);
      t.holds(
        'made later than the first',
        (second.StreamCreationTimestamp?.getTime() ?? 0) >
          (first.StreamCreationTimestamp?.getTime() ?? 0),
        second.StreamCreationTimestamp,
      );
      const { Tags } = await t.kinesis.send(new ListTagsForStreamCommand({ StreamName: name }));
      t.same('Tags', Tags, []);
    },
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'wrong-state',
    title: 'the name is taken',
    exception: 'ResourceInUseException',
    source: apiReference(
      'CreateStream',
      'ResourceInUseException: The resource is not available for this operation. For successful operation, the resource must be in the ACTIVE state.',
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => t.kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
    },
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: 'no shard',
    exception: 'ValidationException',
    message:
      /Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1/,
    source: observedByKinesalite(
      'createStream',
      "Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
    prepare: (t) => () => create(t, { ShardCount: 0 }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: 'a name of 129 characters',
    exception: 'ValidationException',
    message:
      /at 'streamName' failed to satisfy constraint: Member must have length less than or equal to 128/,
    source: observedByKinesalite(
      'createStream',
      "at 'streamName' failed to satisfy constraint: Member must have length less than or equal to 128",
    ),
    prepare: (t) => () => create(t, { StreamName: 'a'.repeat(129), ShardCount: 1 }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: 'an empty name',
    exception: 'ValidationException',
    message:
      /at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1/,
    source: observedByKinesalite(
      'createStream',
      "Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
    prepare: (t) => () => create(t, { StreamName: '', ShardCount: 1 }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: 'provisioned without a shard count',
    exception: BAD_PARAMETER,
    source: apiReference(
      'CreateStream',
      'For the data streams with a provisioned mode, you must specify the number of shards for the data stream.',
    ),
    prepare: (t) => () => create(t, { StreamModeDetails: PROVISIONED }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: 'records of at most 1023 KiB',
    exception: BAD_PARAMETER,
    source: apiReference(
      'CreateStream',
      'MaxRecordSizeInKiB: Valid Range: Minimum value of 1024. Maximum value of 10240.',
    ),
    prepare: (t) => () => create(t, { ShardCount: 1, MaxRecordSizeInKiB: 1_023 }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: 'records of up to 10241 KiB',
    exception: BAD_PARAMETER,
    source: apiReference(
      'CreateStream',
      'MaxRecordSizeInKiB: Valid Range: Minimum value of 1024. Maximum value of 10240.',
    ),
    prepare: (t) => () => create(t, { ShardCount: 1, MaxRecordSizeInKiB: 10_241 }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: 'distribution by the service on a provisioned stream',
    exception: BAD_PARAMETER,
    source: apiReference(
      'CreateStream',
      'The record distribution strategy is only supported for streams that use the on-demand capacity mode.',
    ),
    prepare: (t) => () => create(t, { ShardCount: 1, RecordDistributionStrategy: 'AUTO' }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: 'warm throughput on a provisioned stream',
    exception: BAD_PARAMETER,
    source: apiReference(
      'UpdateStreamWarmThroughput',
      'Provisioned capacity mode streams do not support warm throughput configuration.',
    ),
    prepare: (t) => () => create(t, { ShardCount: 1, WarmThroughputMiBps: 10 }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'invalid-argument',
    title: '51 tags',
    exception: [...BAD_PARAMETER, 'LimitExceededException'],
    source: apiReference(
      'CreateStream',
      'A set of up to 50 key-value pairs to use to create the tags.',
    ),
    prepare: (t) => () => create(t, { ShardCount: 1, Tags: manyTags(51) }),
  }),
  defineRefusal({
    operation: 'CreateStream',
    behaviour: 'limit',
    title: "more shards than the account's limit leaves",
    exception: 'LimitExceededException',
    message: /^This request would exceed the shard limit for the account \d{12} in /,
    source: observedByKinesalite(
      'createStream',
      "'This request would exceed the shard limit for the account ' + helpers.awsAccountId + ' in ' + helpers.awsRegion + '. Current shard count for the account: 3. Limit: 10. Number of additional shards that would have resulted from this request: 1000.",
    ),
    exclusive: true,
    async prepare(t) {
      const { ShardLimit = 0, OpenShardCount = 0 } = await t.kinesis.send(
        new DescribeLimitsCommand({}),
      );
      return () => create(t, { ShardCount: ShardLimit - OpenShardCount + 1 });
    },
  }),
  defineCase({
    name: 'CreateStream / more than five streams that are CREATING',
    operation: 'CreateStream',
    behaviour: 'limit',
    expected: 'LimitExceededException for those beyond five',
    source: apiReference(
      'CreateStream',
      'You receive a LimitExceededException when making a CreateStream request when you try to ... Have more than five streams in the CREATING state at any point in time.',
    ),
    exclusive: true,
    async run(t) {
      const names = Array.from({ length: 8 }, () => t.streams.adopt(t.freshName()));
      const answers = await Promise.allSettled(
        names.map((name) =>
          t.impatientKinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 })),
        ),
      );
      const refused = answers.flatMap((answer) =>
        answer.status === 'rejected'
          ? (asRefusal(answer.reason)?.name ?? String(answer.reason))
          : [],
      );
      const states = await Promise.all(
        names.map((name) => t.streams.summary(name).catch(() => undefined)),
      );
      const creating = states.filter((state) => state?.StreamStatus === 'CREATING').length;
      if (refused.length === 0 && creating <= 5) t.notApplicable('streams are ACTIVE too soon');
      t.holds('refused', refused.length > 0, refused);
      t.same('by', [...new Set(refused)], ['LimitExceededException']);
    },
  }),
];

function manyTags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_none, index) => [`k${index}`, 'v']));
}

function sortedByKey<T extends { readonly Key?: string | undefined }>(
  tags: readonly T[] = [],
): T[] {
  return tags.toSorted((a, b) => ((a.Key ?? '') < (b.Key ?? '') ? -1 : 1));
}
