import {
  AddTagsToStreamCommand,
  DescribeAccountSettingsCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  GetShardIteratorCommand,
  ListChannelsCommand,
  ListStreamConsumersCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  RemoveTagsFromStreamCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { activeConsumer } from '#server/conformance/kinesis/consumers.ts';
import { asRefusal } from '#server/conformance/refusal.ts';
import type { LeasedStream } from '#server/conformance/stream-lease.ts';

interface Rate {
  readonly operation: string;
  /** Calls a second. */
  readonly perSecond: number;
  readonly quote: string;
  readonly exception?: string;
  readonly send: (t: CaseTools, stream: LeasedStream, consumer: string) => Promise<unknown>;
}

/** Rates that can be tried without making or breaking anything. */
const RATES: readonly Rate[] = [
  {
    operation: 'DescribeStream',
    perSecond: 10,
    quote: 'This operation has a limit of 10 transactions per second per account.',
    send: (t, { name }) => t.impatientKinesis.send(new DescribeStreamCommand({ StreamName: name })),
  },
  {
    operation: 'DescribeStreamSummary',
    perSecond: 20,
    quote: 'DescribeStreamSummary has a limit of 20 transactions per second per account.',
    send: (t, { name }) =>
      t.impatientKinesis.send(new DescribeStreamSummaryCommand({ StreamName: name })),
  },
  {
    operation: 'DescribeLimits',
    perSecond: 1,
    quote: 'This operation has a limit of one transaction per second per account.',
    send: (t) => t.impatientKinesis.send(new DescribeLimitsCommand({})),
  },
  {
    operation: 'DescribeAccountSettings',
    perSecond: 5,
    quote:
      'This API has a call limit of 5 transactions per second (TPS) for each Amazon Web Services account. TPS over 5 will initiate the LimitExceededException.',
    send: (t) => t.impatientKinesis.send(new DescribeAccountSettingsCommand({})),
  },
  {
    operation: 'ListStreams',
    perSecond: 5,
    quote: 'ListStreams has a limit of five transactions per second per account.',
    send: (t) => t.impatientKinesis.send(new ListStreamsCommand({ Limit: 1 })),
  },
  {
    operation: 'ListChannels',
    perSecond: 5,
    quote:
      'This operation has a call limit of 5 transactions per second (TPS) for each Amazon Web Services account. Exceeding 5 TPS results in a LimitExceededException.',
    send: (t) => t.impatientKinesis.send(new ListChannelsCommand({ MaxResults: 1 })),
  },
  {
    operation: 'AddTagsToStream',
    perSecond: 5,
    quote: 'AddTagsToStream has a limit of five transactions per second per account.',
    send: (t, { name }) =>
      t.impatientKinesis.send(new AddTagsToStreamCommand({ StreamName: name, Tags: { a: 'b' } })),
  },
  {
    operation: 'RemoveTagsFromStream',
    perSecond: 5,
    quote: 'RemoveTagsFromStream has a limit of five transactions per second per account.',
    send: (t, { name }) =>
      t.impatientKinesis.send(
        new RemoveTagsFromStreamCommand({ StreamName: name, TagKeys: ['a'] }),
      ),
  },
  {
    operation: 'ListTagsForStream',
    perSecond: 5,
    quote: 'This operation has a limit of five transactions per second per account.',
    send: (t, { name }) =>
      t.impatientKinesis.send(new ListTagsForStreamCommand({ StreamName: name })),
  },
  {
    operation: 'ListStreamConsumers',
    perSecond: 5,
    quote: 'This operation has a limit of 5 transactions per second per stream.',
    send: (t, { arn }) =>
      t.impatientKinesis.send(new ListStreamConsumersCommand({ StreamARN: arn })),
  },
  {
    operation: 'DescribeStreamConsumer',
    perSecond: 20,
    quote: 'This operation has a limit of 20 transactions per second per stream.',
    send: (t, _stream, consumer) =>
      t.impatientKinesis.send(new DescribeStreamConsumerCommand({ ConsumerARN: consumer })),
  },
  {
    operation: 'GetShardIterator',
    perSecond: 5,
    quote:
      'GetShardIterator has a limit of five transactions per second per account per open shard. ... If a GetShardIterator request is made too often, you receive a ProvisionedThroughputExceededException.',
    exception: 'ProvisionedThroughputExceededException',
    send: (t, { name }) =>
      t.impatientKinesis.send(
        new GetShardIteratorCommand({
          StreamName: name,
          ShardId: 'shardId-000000000000',
          ShardIteratorType: 'LATEST',
        }),
      ),
  },
];

/** So many times the rate: a bucket that allows for one second more, and a second that passes meanwhile, do not hide it. */
const BURST = 4;

/** How often operations may be called; each in one burst, alone. */
export const accountRatesCases: readonly Case[] = RATES.map(
  ({ operation, perSecond, quote, exception = 'LimitExceededException', send }) =>
    defineCase({
      name: `${operation} / ${BURST * perSecond} calls at once, at a call rate of ${perSecond} a second`,
      operation,
      behaviour: 'limit',
      expected: `some of them answered by ${exception}, and no other refusal`,
      source: apiReference(operation, quote),
      exclusive: true,
      async run(t) {
        const stream = await t.streams.make();
        const consumer =
          operation === 'DescribeStreamConsumer' ? await activeConsumer(t, stream.arn) : '';
        const answers = await Promise.allSettled(
          Array.from({ length: BURST * perSecond }, () => send(t, stream, consumer)),
        );
        const refused = answers.flatMap((answer) =>
          answer.status === 'rejected'
            ? (asRefusal(answer.reason)?.name ?? String(answer.reason))
            : [],
        );
        t.holds(`refused of ${answers.length}`, refused.length > 0, refused.length);
        t.holds('not refused', refused.length < answers.length, answers.length - refused.length);
        if (refused.length > 0) t.same('by', [...new Set(refused)], [exception]);
      },
    }),
);
