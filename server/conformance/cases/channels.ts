import {
  type ChannelDescription,
  CreateChannelCommand,
  type CreateChannelInput,
  DeleteChannelCommand,
  DeleteStreamCommand,
  DescribeChannelCommand,
  DescribeLimitsCommand,
  ListChannelsCommand,
  UpdateChannelCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { accountOf } from '#server/conformance/kinesis/policy.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

const ON_DEMAND = { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } as const;
/** At AWS a channel wants a role and a bucket of the account, and makes costs. */
const needs = { emulatorBecause: 'a channel wants a role and a bucket that the account has' };

function wish(t: CaseTools, streamArn: string, more: Partial<CreateChannelInput> = {}) {
  const account = accountOf(streamArn);
  return {
    ChannelName: t.freshName(),
    ServiceExecutionRoleARN: `arn:aws:iam::${account}:role/channel`,
    StreamConfigurationList: [
      { StreamARN: streamArn, RecordConfiguration: { RecordFormatType: 'JSON' } },
    ],
    S3DestinationConfiguration: {
      StorageConfiguration: {
        BucketARN: 'arn:aws:s3:::conformance-channel',
        ExpectedBucketOwner: account,
        CompressionType: 'GZIP',
      },
    },
    ...more,
  } satisfies CreateChannelInput;
}

function create(t: CaseTools, input: CreateChannelInput): Promise<ChannelDescription> {
  return t.kinesis.send(new CreateChannelCommand(input)).then(({ ChannelDescription: channel }) => {
    if (channel?.ChannelARN === undefined) throw new Error('CreateChannel answers without an ARN.');
    const arn = channel.ChannelARN;
    // First the channel, then the stream: "A stream cannot be deleted while it has active channels."
    t.afterwards(({ kinesis }) => kinesis.send(new DeleteChannelCommand({ ChannelARN: arn })));
    return channel;
  });
}

function describe(t: CaseTools, arn: string): Promise<ChannelDescription | undefined> {
  return t.kinesis
    .send(new DescribeChannelCommand({ ChannelARN: arn }))
    .then(({ ChannelDescription: channel }) => channel);
}

function active(t: CaseTools, arn: string): Promise<ChannelDescription> {
  return t.eventually('the channel is ACTIVE', async () => {
    const channel = await describe(t, arn);
    return channel?.ChannelStatus === 'ACTIVE' ? channel : undefined;
  });
}

async function activeChannel(t: CaseTools): Promise<{ name: string; stream: string; arn: string }> {
  const { name, arn: stream } = await t.streams.make(ON_DEMAND);
  const { ChannelARN: arn = '' } = await create(t, wish(t, stream));
  await active(t, arn);
  return { name, stream, arn };
}

async function arnOfNothing(t: CaseTools): Promise<string> {
  const { arn } = await t.sharedStream();
  return arn.replace(/:stream\/.*$/, `:channel/${t.freshName()}`);
}

const creating: readonly Case[] = [
  defineCase({
    name: 'CreateChannel / to S3: CREATING, then ACTIVE, with the defaults',
    operation: 'CreateChannel',
    behaviour: 'success',
    expected:
      'an ARN :channel/ + ChannelId; freshness 300 s; STANDARD; an error prefix with name and id; counted with stream and account',
    source: apiReference(
      'CreateChannel',
      'ChannelStatus: "CREATING" ... DataFreshnessInSeconds: The default value is 300 seconds. ... ErrorOutputPrefix: "kinesis-channel/errors/my-channel/my-channel-id/" ... StorageClass: "STANDARD"',
    ),
    needs,
    async run(t) {
      const { name, arn: stream } = await t.streams.make(ON_DEMAND);
      const input = wish(t, stream);
      const made = await create(t, input);
      t.same('ChannelName', made.ChannelName, input.ChannelName);
      t.same('ChannelStatus', made.ChannelStatus, 'CREATING');
      t.same(
        'ChannelARN',
        made.ChannelARN,
        stream.replace(/:stream\/.*$/, `:channel/${made.ChannelId}`),
      );
      const channel = await active(t, made.ChannelARN ?? '');
      t.same(
        'ServiceExecutionRoleARN',
        channel.ServiceExecutionRoleARN,
        input.ServiceExecutionRoleARN,
      );
      t.same('StreamARN', channel.StreamConfigurationList?.[0]?.StreamARN, stream);
      t.same(
        'RecordFormatType',
        channel.StreamConfigurationList?.[0]?.RecordConfiguration?.RecordFormatType,
        'JSON',
      );
      const destination = channel.S3DestinationConfiguration;
      t.same('DataFreshnessInSeconds', destination?.DataFreshnessInSeconds, 300);
      t.same('StorageClass', destination?.StorageConfiguration?.StorageClass, 'STANDARD');
      t.same('CompressionType', destination?.StorageConfiguration?.CompressionType, 'GZIP');
      t.same(
        'ErrorOutputPrefix',
        destination?.DeadLetterQueueS3Configuration?.ErrorOutputPrefix,
        `kinesis-channel/errors/${channel.ChannelName}/${channel.ChannelId}/`,
      );
      t.same('ChannelCount of the stream', (await t.streams.summary(name)).ChannelCount, 1);
      const { ChannelCount = 0 } = await t.kinesis.send(new DescribeLimitsCommand({}));
      t.holds('ChannelCount of the account', ChannelCount >= 1, ChannelCount);
    },
  }),
  defineRefusal({
    operation: 'CreateChannel',
    behaviour: 'wrong-state',
    title: 'of a provisioned stream',
    exception: BAD_PARAMETER,
    source: apiReference(
      'CreateChannel',
      'This operation is only supported for data streams with the on-demand capacity mode.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => t.kinesis.send(new CreateChannelCommand(wish(t, arn)));
    },
  }),
  defineRefusal({
    operation: 'CreateChannel',
    behaviour: 'wrong-state',
    title: 'the name is taken',
    exception: 'ResourceInUseException',
    source: apiReference(
      'CreateChannel',
      'ChannelName: The name of the channel. The name is unique within your Amazon Web Services account and Amazon Web Services Region.',
    ),
    needs,
    async prepare(t) {
      const { arn } = await t.streams.make(ON_DEMAND);
      const input = wish(t, arn);
      await create(t, input);
      return () => t.kinesis.send(new CreateChannelCommand(input));
    },
  }),
  defineRefusal({
    operation: 'CreateChannel',
    behaviour: 'missing-resource',
    title: 'of a stream that is not there',
    exception: 'ResourceNotFoundException',
    source: apiReference(
      'CreateChannel',
      'ResourceNotFoundException: The requested resource could not be found. The stream might not be specified correctly.',
    ),
    async prepare(t) {
      const { name, arn } = await t.sharedOnDemandStream();
      const nothing = arn.slice(0, -name.length) + t.freshName();
      return () => t.kinesis.send(new CreateChannelCommand(wish(t, nothing)));
    },
  }),
  defineRefusal({
    operation: 'CreateChannel',
    behaviour: 'invalid-argument',
    title: 'without a destination',
    exception: BAD_PARAMETER,
    source: apiReference(
      'CreateChannel',
      'You must specify either S3DestinationConfiguration or S3TablesDestinationConfiguration, but not both.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedOnDemandStream();
      const { S3DestinationConfiguration: _none, ...input } = wish(t, arn);
      return () => t.kinesis.send(new CreateChannelCommand(input));
    },
  }),
  defineRefusal({
    operation: 'CreateChannel',
    behaviour: 'invalid-argument',
    title: 'with both destinations',
    exception: BAD_PARAMETER,
    source: apiReference(
      'CreateChannel',
      'You must specify either S3DestinationConfiguration or S3TablesDestinationConfiguration, but not both.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedOnDemandStream();
      const owner = accountOf(arn);
      const S3TablesDestinationConfiguration = {
        DeadLetterQueueS3Configuration: {
          BucketARN: 'arn:aws:s3:::conformance-errors',
          ExpectedBucketOwner: owner,
        },
        S3TablesConfigurationList: [
          {
            TableBucketARN: `arn:aws:s3tables:us-east-1:${owner}:bucket/conformance`,
            Namespace: 'conformance',
            TableName: 'conformance',
            CompressionType: 'ZSTD' as const,
          },
        ],
      };
      return () =>
        t.kinesis.send(
          new CreateChannelCommand(wish(t, arn, { S3TablesDestinationConfiguration })),
        );
    },
  }),
];

/** What the operations on one channel have in common. */
const onOne: readonly Case[] = (
  ['DescribeChannel', 'DeleteChannel', 'UpdateChannel'] as const
).flatMap((operation) => {
  const send = (t: CaseTools, ChannelARN: string): Promise<unknown> => {
    switch (operation) {
      case 'DescribeChannel':
        return t.kinesis.send(new DescribeChannelCommand({ ChannelARN }));
      case 'DeleteChannel':
        return t.kinesis.send(new DeleteChannelCommand({ ChannelARN }));
      case 'UpdateChannel':
        return t.kinesis.send(
          new UpdateChannelCommand({
            ChannelARN,
            S3DestinationConfiguration: { DataFreshnessInSeconds: 600 },
          }),
        );
    }
  };
  return [
    defineRefusal({
      operation,
      behaviour: 'missing-resource',
      title: 'no channel of this ARN',
      exception: 'ResourceNotFoundException',
      source: apiReference(
        operation,
        'ResourceNotFoundException: The requested resource could not be found.',
      ),
      async prepare(t) {
        const arn = await arnOfNothing(t);
        return () => send(t, arn);
      },
    }),
    defineRefusal({
      operation,
      behaviour: 'invalid-argument',
      title: 'an ARN that is none of a channel',
      exception: BAD_PARAMETER,
      source: apiReference(
        operation,
        'ChannelARN: The Amazon Resource Name (ARN) of the channel. (InvalidArgumentException, ValidationException)',
      ),
      prepare: (t) => () => send(t, 'arn:aws:sqs:us-east-1:123456789012:queue'),
    }),
  ];
});

const changing: readonly Case[] = [
  defineCase({
    name: 'DescribeChannel / what CreateChannel answered, ACTIVE',
    operation: 'DescribeChannel',
    behaviour: 'success',
    expected: 'the same channel, whose state alone has changed',
    source: apiReference(
      'DescribeChannel',
      'Describes the specified channel, including its configuration and current status. Use this operation to verify that a channel reached the ACTIVE state after creation',
    ),
    needs,
    async run(t) {
      const { arn: stream } = await t.streams.make(ON_DEMAND);
      const made = await create(t, wish(t, stream));
      const seen = await active(t, made.ChannelARN ?? '');
      t.same('channel', seen, { ...made, ChannelStatus: 'ACTIVE' });
    },
  }),
  defineCase({
    name: 'UpdateChannel / a fresher delivery',
    operation: 'UpdateChannel',
    behaviour: 'success',
    expected: 'UPDATING, then ACTIVE with 600 s; all else as it was',
    source: apiReference(
      'UpdateChannel',
      'Updating a channel is an asynchronous operation. Upon receiving the request, Amazon Kinesis Data Streams sets the channel to the UPDATING state and returns immediately. After the change is applied, Amazon Kinesis Data Streams sets the channel back to the ACTIVE state.',
    ),
    needs,
    async run(t) {
      const { arn } = await activeChannel(t);
      const before = await describe(t, arn);
      const { ChannelDescription: answer } = await t.kinesis.send(
        new UpdateChannelCommand({
          ChannelARN: arn,
          S3DestinationConfiguration: { DataFreshnessInSeconds: 600 },
        }),
      );
      t.same('ChannelStatus', answer?.ChannelStatus, 'UPDATING');
      const after = await active(t, arn);
      t.same(
        'DataFreshnessInSeconds',
        after.S3DestinationConfiguration?.DataFreshnessInSeconds,
        600,
      );
      t.same(
        'StorageConfiguration',
        after.S3DestinationConfiguration?.StorageConfiguration,
        before?.S3DestinationConfiguration?.StorageConfiguration,
      );
    },
  }),
  defineRefusal({
    operation: 'UpdateChannel',
    behaviour: 'invalid-argument',
    title: 'the settings of tables, of a channel to S3',
    exception: BAD_PARAMETER,
    source: apiReference(
      'UpdateChannel',
      'S3TablesDestinationConfiguration: Specify this parameter when the channel delivers to streaming tables on Apache Iceberg in Amazon S3 Tables.',
    ),
    needs,
    async prepare(t) {
      const { arn } = await activeChannel(t);
      return () =>
        t.kinesis.send(
          new UpdateChannelCommand({
            ChannelARN: arn,
            S3TablesDestinationConfiguration: { DataFreshnessInSeconds: 600 },
          }),
        );
    },
  }),
  defineCase({
    name: 'UpdateChannel / while it is CREATING',
    operation: 'UpdateChannel',
    behaviour: 'wrong-state',
    expected: 'ResourceInUseException',
    source: apiReference(
      'UpdateChannel',
      'ResourceInUseException: The resource is not available for this operation. For successful operation, the resource must be in the ACTIVE state.',
    ),
    needs,
    async run(t) {
      const { arn: stream } = await t.streams.make(ON_DEMAND);
      const { ChannelARN: arn = '' } = await create(t, wish(t, stream));
      const update = t.kinesis.send(
        new UpdateChannelCommand({
          ChannelARN: arn,
          S3DestinationConfiguration: { DataFreshnessInSeconds: 600 },
        }),
      );
      const [outcome] = await Promise.allSettled([update]);
      if (
        outcome.status === 'fulfilled' &&
        (await describe(t, arn))?.ChannelStatus !== 'CREATING'
      ) {
        return t.notApplicable('channels are ACTIVE too soon');
      }
      await t.refused('ResourceInUseException', () => update);
    },
  }),
  defineRefusal({
    operation: 'DeleteStream',
    behaviour: 'wrong-state',
    title: 'it has a channel',
    exception: 'ResourceInUseException',
    source: apiReference(
      'DeleteChannel',
      'A stream cannot be deleted while it has active channels.',
    ),
    needs,
    async prepare(t) {
      const { name } = await activeChannel(t);
      return () => t.kinesis.send(new DeleteStreamCommand({ StreamName: name }));
    },
  }),
  defineCase({
    name: 'DeleteChannel / is not found in the end, and its stream can be deleted',
    operation: 'DeleteChannel',
    behaviour: 'success',
    expected: 'ResourceNotFoundException from DescribeChannel; DeleteStream succeeds',
    source: apiReference(
      'DeleteChannel',
      'Deleting a channel stops delivery from the source stream to the destination.',
    ),
    needs,
    async run(t) {
      const { name, arn } = await activeChannel(t);
      await t.kinesis.send(new DeleteChannelCommand({ ChannelARN: arn }));
      const gone = await t.eventually('the channel is not found', async () => {
        try {
          await describe(t, arn);
          return undefined;
        } catch (error) {
          if (asRefusal(error)?.name === 'ResourceNotFoundException') return true;
          throw error;
        }
      });
      t.same('channel gone', gone, true);
      await t.kinesis.send(new DeleteStreamCommand({ StreamName: name }));
      t.same('stream gone', await t.streams.gone(name), true);
    },
  }),
];

const listing: readonly Case[] = [
  defineCase({
    name: 'ListChannels / of one stream',
    operation: 'ListChannels',
    behaviour: 'filter',
    expected: 'its channels and no others, with ARN, state, destination and stream',
    source: apiReference(
      'ListChannels',
      'StreamFilter: Filters the results to channels associated with the specified streams.',
    ),
    needs,
    async run(t) {
      const one = await activeChannel(t);
      await activeChannel(t);
      const { ChannelSummaries } = await t.kinesis.send(
        new ListChannelsCommand({ StreamFilter: [{ StreamARN: one.stream }] }),
      );
      t.same(
        'channels',
        ChannelSummaries?.map((channel) => [
          channel.ChannelARN,
          channel.ChannelStatus,
          channel.ChannelDestinationType,
          channel.Streams?.map(({ StreamARN }) => StreamARN),
        ]),
        [[one.arn, 'ACTIVE', 'S3', [one.stream]]],
      );
    },
  }),
  defineCase({
    name: 'ListChannels / of the account, in pages',
    operation: 'ListChannels',
    behaviour: 'paging',
    expected: 'each channel once, one a page',
    source: apiReference(
      'ListChannels',
      'Lists the channels in your account. ... The results are paginated. Use the NextToken value returned in the response to retrieve additional results.',
    ),
    needs,
    exclusive: true,
    async run(t) {
      const arns = [(await activeChannel(t)).arn, (await activeChannel(t)).arn];
      const seen: string[] = [];
      let token: string | undefined;
      do {
        const page = await t.kinesis.send(
          new ListChannelsCommand({
            MaxResults: 1,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        );
        t.holds(
          'size of a page',
          (page.ChannelSummaries?.length ?? 0) <= 1,
          page.ChannelSummaries?.length,
        );
        seen.push(...(page.ChannelSummaries ?? []).map(({ ChannelARN }) => ChannelARN ?? ''));
        token = page.NextToken;
      } while (token !== undefined && seen.length < 1_000);
      t.same(
        'both are there',
        arns.every((arn) => seen.includes(arn)),
        true,
      );
      t.same('each once', new Set(seen).size, seen.length);
    },
  }),
  defineCase({
    name: 'ListChannels / answers an account without any',
    operation: 'ListChannels',
    behaviour: 'success',
    expected: 'ChannelSummaries is a list',
    source: apiReference('ListChannels', 'ChannelSummaries: Array of ChannelSummary objects'),
    async run(t) {
      const { ChannelSummaries } = await t.kinesis.send(new ListChannelsCommand({}));
      t.holds('a list', Array.isArray(ChannelSummaries), ChannelSummaries);
    },
  }),
  defineRefusal({
    operation: 'ListChannels',
    behaviour: 'invalid-argument',
    title: 'a NextToken that nobody gave',
    exception: [...BAD_PARAMETER, 'ExpiredNextTokenException'],
    source: apiReference(
      'ListChannels',
      'ExpiredNextTokenException: The pagination token passed to the operation is expired. InvalidArgumentException, ValidationException',
    ),
    prepare: (t) => () => t.kinesis.send(new ListChannelsCommand({ NextToken: 'no-such-token' })),
  }),
];

/** Channels, which deliver the records of on-demand streams to S3. */
export const channelsCases: readonly Case[] = [...creating, ...onOne, ...changing, ...listing];
