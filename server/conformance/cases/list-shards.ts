import {
  ListShardsCommand,
  type ListShardsInput,
  type Shard,
  type ShardFilter,
} from '@aws-sdk/client-kinesis';
import {
  apiReference,
  type Case,
  defineCase,
  defineRefusal,
  type Refused,
} from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { HASH_KEYS } from '#server/conformance/kinesis/hash-keys.ts';
import { pause } from '#server/conformance/kinesis/pause.ts';
import { readShard } from '#server/conformance/kinesis/reading.ts';
import { putPast, split } from '#server/conformance/kinesis/reshard.ts';
import {
  BAD_PARAMETER,
  observedByKinesalite,
  observedInIssue,
} from '#server/conformance/kinesis/sources.ts';
import { FIRST_SHARD, put } from '#server/conformance/kinesis/writing.ts';

const IDS = ['000', '001', '002', '003', '004'].map((digits) => `shardId-000000000${digits}`);
const PAGES = apiReference(
  'ListShards',
  'When the number of shards to be listed is greater than the value of MaxResults, the response contains a NextToken value that you can use in a subsequent call to ListShards to list the next set of shards.',
);
const FILTER_TYPES = apiReference(
  'ShardFilter',
  'AFTER_SHARD_ID - the response includes all the shards, starting with the shard whose ID immediately follows the ShardId that you provided. AT_TRIM_HORIZON - the response includes all the shards that were open at TRIM_HORIZON. FROM_TRIM_HORIZON - (default), the response includes all the shards within the retention period of the data stream (trim to tip). AT_LATEST - the response includes only the currently open shards of the data stream.',
);
const FILTER_TIMES = apiReference(
  'ShardFilter',
  'AT_TIMESTAMP - the response includes all shards whose start timestamp is less than or equal to the given timestamp and end timestamp is greater than or equal to the given timestamp or still open. FROM_TIMESTAMP - the response incldues all closed shards whose end timestamp is greater than or equal to the given timestamp and also all open shards.',
);
const FILTER_NEEDS = apiReference(
  'ListShards',
  'If you specify the AFTER_SHARD_ID type, you must also provide the value for the optional ShardId property. ... If you specify the AT_TIMESTAMP or FROM_TIMESTAMP_ID type, you must also provide the value for the optional Timestamp property.',
);

function list(t: CaseTools, asked: ListShardsInput) {
  return t.kinesis.send(new ListShardsCommand(asked));
}

function ids(shards: readonly Shard[] | undefined): (string | undefined)[] {
  return (shards ?? []).map(({ ShardId }) => ShardId);
}

/** All pages from the first request on; each page's shard ids. */
async function pagesOf(t: CaseTools, asked: ListShardsInput, size: number) {
  const pages: (string | undefined)[][] = [];
  let answer = await list(t, { ...asked, MaxResults: size });
  pages.push(ids(answer.Shards));
  while (answer.NextToken !== undefined) {
    answer = await list(t, { NextToken: answer.NextToken, MaxResults: size });
    pages.push(ids(answer.Shards));
  }
  return pages;
}

function badList(
  title: string,
  asked: Partial<ListShardsInput>,
  {
    exception = BAD_PARAMETER,
    ...rest
  }: Pick<Refused, 'source'> & Partial<Pick<Refused, 'exception' | 'message' | 'behaviour'>>,
): Case {
  return defineRefusal({
    operation: 'ListShards',
    behaviour: 'invalid-argument',
    ...rest,
    title,
    exception,
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => list(t, { StreamName: name, ...asked });
    },
  });
}

/** A good token together with what must not be beside it. */
function besideToken(
  what:
    | 'StreamName'
    | 'StreamARN'
    | 'ExclusiveStartShardId'
    | 'StreamCreationTimestamp'
    | 'ShardFilter',
  beside: (stream: { name: string; arn: string }) => Partial<ListShardsInput>,
  source: Case['source'],
): Case {
  return defineRefusal({
    operation: 'ListShards',
    behaviour: 'paging',
    title: `NextToken and ${what}`,
    exception: 'InvalidArgumentException',
    // The words are not observed for this one.
    ...(what === 'StreamCreationTimestamp'
      ? {}
      : { message: new RegExp(`^NextToken and ${what} cannot be provided together\\.$`) }),
    source,
    async prepare(t) {
      const stream = await t.streams.make({ ShardCount: 2 });
      const { NextToken } = await list(t, { StreamName: stream.name, MaxResults: 1 });
      return () => list(t, { NextToken, ...beside(stream) });
    },
  });
}

/** A stream whose only shard was split, with instants of the endpoint from before and after it. */
async function splitStream(t: CaseTools) {
  const { name } = await t.streams.make();
  await put(t, name, 'before');
  const { records: before } = await readShard(t, name, FIRST_SHARD, 1);
  // Starts and ends of shards are told by the second.
  await pause(t, 1_100);
  await split(t, name, FIRST_SHARD, HASH_KEYS / 2n);
  await pause(t, 1_100);
  const { ShardId = '' } = await putPast(t, name, FIRST_SHARD, 'after', 0n);
  const { records: after } = await readShard(t, name, ShardId, 1);
  return { name, before: arrivalOf(before[0]), after: arrivalOf(after[0]) };
}

function arrivalOf(record: { ApproximateArrivalTimestamp?: Date | undefined } | undefined): Date {
  const arrival = record?.ApproximateArrivalTimestamp;
  if (arrival === undefined) throw new Error('A record has no ApproximateArrivalTimestamp.');
  return arrival;
}

/** What a filter lists of shard 0, which was split into 1 and 2. */
function filtered(
  title: string,
  expected: readonly string[],
  source: Case['source'],
  filter: (times: { before: Date; after: Date }) => ShardFilter,
): Case {
  return defineCase({
    name: `ListShards / ${title}`,
    operation: 'ListShards',
    behaviour: 'filter',
    expected: `of a shard 0 that was split into 1 and 2: ${expected.map((id) => Number(id.slice(-3))).join(', ')}`,
    source,
    async run(t) {
      const { name, ...times } = await splitStream(t);
      const { Shards, NextToken } = await list(t, { StreamName: name, ShardFilter: filter(times) });
      t.same('listed', ids(Shards), [...expected]);
      t.same('a next page', NextToken, undefined);
    },
  });
}

const [ZERO = '', ONE = '', TWO = ''] = IDS;

/** ListShards. */
export const listShardsCases: readonly Case[] = [
  defineCase({
    name: 'ListShards / all shards in the order of their ids, closed ones with their end',
    operation: 'ListShards',
    behaviour: 'success',
    expected:
      'three shards after a split; ranges, starts, the parent, and an end of the closed one alone',
    source: apiReference(
      'ListShards',
      "Each object represents one shard and specifies the IDs of the shard, the shard's parent, and the shard that's adjacent to the shard's parent. Each object also contains the starting and ending hash keys and the starting and ending sequence numbers for the shard.",
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await split(t, name, FIRST_SHARD, HASH_KEYS / 2n);
      const { Shards = [], NextToken } = await list(t, { StreamName: name });
      t.same('ids', ids(Shards), [ZERO, ONE, TWO]);
      t.same(
        'parents',
        Shards.map(({ ParentShardId }) => ParentShardId),
        [undefined, ZERO, ZERO],
      );
      t.same(
        'which have an end',
        Shards.map((one) => one.SequenceNumberRange?.EndingSequenceNumber !== undefined),
        [true, false, false],
      );
      t.same(
        'which have a start',
        Shards.map((one) => /^\d+$/.test(one.SequenceNumberRange?.StartingSequenceNumber ?? '')),
        [true, true, true],
      );
      t.same('a next page', NextToken, undefined);
    },
  }),
  defineCase({
    name: 'ListShards / pages of 2 of five shards',
    operation: 'ListShards',
    behaviour: 'paging',
    expected: '2, 2 and 1 shards, in order, and no token after the last',
    source: PAGES,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 5 });
      t.same('pages', await pagesOf(t, { StreamName: name }, 2), [
        IDS.slice(0, 2),
        IDS.slice(2, 4),
        IDS.slice(4),
      ]);
    },
  }),
  defineCase({
    name: 'ListShards / as many shards as MaxResults',
    operation: 'ListShards',
    behaviour: 'paging',
    expected: 'one page, without a token',
    source: PAGES,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 5 });
      t.same('pages', await pagesOf(t, { StreamName: name }, 5), [IDS]);
    },
  }),
  defineCase({
    name: 'ListShards / a token without MaxResults lists the rest',
    operation: 'ListShards',
    behaviour: 'paging',
    expected: 'two shards, then the other three',
    source: apiReference(
      'ListShards',
      'You can optionally specify a value for the MaxResults parameter when you specify NextToken.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 5 });
      const first = await list(t, { StreamName: name, MaxResults: 2 });
      const rest = await list(t, { NextToken: first.NextToken });
      t.same('the rest', ids(rest.Shards), IDS.slice(2));
      t.same('a next page', rest.NextToken, undefined);
    },
  }),
  defineCase({
    name: 'ListShards / ExclusiveStartShardId',
    operation: 'ListShards',
    behaviour: 'paging',
    expected: 'the shards after it; after the last one none',
    source: apiReference(
      'ListShards',
      'Specify this parameter to indicate that you want to list the shards starting with the shard whose ID immediately follows ExclusiveStartShardId.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 5 });
      const after = async (id: string | undefined) =>
        ids((await list(t, { StreamName: name, ExclusiveStartShardId: id })).Shards);
      t.same('after the second', await after(ONE), IDS.slice(2));
      t.same('after the last', await after(IDS.at(-1)), []);
      t.same(
        'after the second, in pages of 2',
        await pagesOf(t, { StreamName: name, ExclusiveStartShardId: ONE }, 2),
        [IDS.slice(2, 4), IDS.slice(4)],
      );
    },
  }),
  defineCase({
    name: 'ListShards / StreamCreationTimestamp of the stream',
    operation: 'ListShards',
    behaviour: 'filter',
    expected: 'its shards',
    source: apiReference(
      'ListShards',
      'Specify this input parameter to distinguish data streams that have the same name.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const { StreamCreationTimestamp } = await t.streams.summary(name);
      const { Shards } = await list(t, { StreamName: name, StreamCreationTimestamp });
      t.same('listed', ids(Shards), [FIRST_SHARD]);
    },
  }),
  badList(
    'StreamCreationTimestamp of another stream of this name',
    { StreamCreationTimestamp: new Date('2016-04-04T19:58:46Z') },
    {
      behaviour: 'missing-resource',
      exception: ['ResourceNotFoundException', 'InvalidArgumentException'],
      source: apiReference(
        'ListShards',
        'if you create a data stream and then delete it, and you later create another data stream with the same name, you can use this input parameter to specify which of the two streams you want to list the shards for.',
      ),
    },
  ),
  filtered('AT_LATEST', [ONE, TWO], FILTER_TYPES, () => ({ Type: 'AT_LATEST' })),
  filtered('AT_TRIM_HORIZON', [ZERO], FILTER_TYPES, () => ({ Type: 'AT_TRIM_HORIZON' })),
  filtered('FROM_TRIM_HORIZON', [ZERO, ONE, TWO], FILTER_TYPES, () => ({
    Type: 'FROM_TRIM_HORIZON',
  })),
  filtered('AFTER_SHARD_ID', [ONE, TWO], FILTER_TYPES, () => ({
    Type: 'AFTER_SHARD_ID',
    ShardId: ZERO,
  })),
  filtered('AT_TIMESTAMP before the split', [ZERO], FILTER_TIMES, ({ before }) => ({
    Type: 'AT_TIMESTAMP',
    Timestamp: before,
  })),
  filtered('AT_TIMESTAMP after the split', [ONE, TWO], FILTER_TIMES, ({ after }) => ({
    Type: 'AT_TIMESTAMP',
    Timestamp: after,
  })),
  filtered('FROM_TIMESTAMP before the split', [ZERO, ONE, TWO], FILTER_TIMES, ({ before }) => ({
    Type: 'FROM_TIMESTAMP',
    Timestamp: before,
  })),
  filtered('FROM_TIMESTAMP after the split', [ONE, TWO], FILTER_TIMES, ({ after }) => ({
    Type: 'FROM_TIMESTAMP',
    Timestamp: after,
  })),
  filtered(
    'FROM_TIMESTAMP before the stream was',
    [ZERO, ONE, TWO],
    apiReference(
      'ShardFilter',
      'Corrected to TRIM_HORIZON of the data stream if FROM_TIMESTAMP is less than the TRIM_HORIZON value.',
    ),
    () => ({ Type: 'FROM_TIMESTAMP', Timestamp: new Date('2016-04-04T19:58:46Z') }),
  ),
  defineCase({
    name: 'ListShards / a filter is kept over pages',
    operation: 'ListShards',
    behaviour: 'filter',
    expected:
      'after a split, AT_LATEST by pages of 1 lists the open ones and not the closed one between',
    source: observedInIssue(
      'apache/beam/issues/33478',
      'InvalidArgumentException: NextToken and ShardFilter cannot be provided together. (so the token has to carry the filter)',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 4 });
      // The third of four: what is closed then lies behind the first page.
      await split(t, name, 'shardId-000000000002', (HASH_KEYS * 5n) / 8n);
      const open = (await t.streams.shards(name)).filter(
        (one) => one.SequenceNumberRange?.EndingSequenceNumber === undefined,
      );
      const filter = { StreamName: name, ShardFilter: { Type: 'AT_LATEST' } } as const;
      t.same(
        'pages',
        await pagesOf(t, filter, 1),
        ids(open).map((id) => [id]),
      );
    },
  }),
  besideToken(
    'StreamName',
    ({ name }) => ({ StreamName: name }),
    observedInIssue(
      'hashicorp/terraform-provider-aws/issues/40494',
      'InvalidArgumentException: NextToken and StreamName cannot be provided together.',
    ),
  ),
  besideToken(
    'StreamARN',
    ({ arn }) => ({ StreamARN: arn }),
    observedInIssue(
      'aws/aws-cli/issues/9635',
      'InvalidArgumentException: NextToken and StreamARN cannot be provided together.',
    ),
  ),
  besideToken(
    'ExclusiveStartShardId',
    () => ({ ExclusiveStartShardId: FIRST_SHARD }),
    observedInIssue(
      'awslabs/amazon-kinesis-scaling-utils/pull/82',
      'InvalidArgumentException: NextToken and ExclusiveStartShardId cannot be provided together.',
    ),
  ),
  besideToken(
    'ShardFilter',
    () => ({ ShardFilter: { Type: 'AT_LATEST' } }),
    observedInIssue(
      'apache/beam/issues/33478',
      'InvalidArgumentException: NextToken and ShardFilter cannot be provided together.',
    ),
  ),
  besideToken(
    'StreamCreationTimestamp',
    () => ({ StreamCreationTimestamp: new Date() }),
    apiReference(
      'ListShards',
      "Don't specify StreamName or StreamCreationTimestamp if you specify NextToken because the latter unambiguously identifies the stream.",
    ),
  ),
  badList(
    'a token that is none',
    { StreamName: undefined, NextToken: 'AAAA' },
    {
      exception: [...BAD_PARAMETER, 'ExpiredNextTokenException'],
      source: apiReference(
        'ListShards',
        "InvalidArgumentException: A specified parameter exceeds its restrictions, is not supported, or can't be used.",
      ),
    },
  ),
  badList(
    'MaxResults 0',
    { MaxResults: 0 },
    { source: apiReference('ListShards', 'MaxResults: Valid Range: Minimum value of 1.') },
  ),
  badList(
    'MaxResults 10,001',
    { MaxResults: 10_001 },
    { source: apiReference('ListShards', 'MaxResults: Valid Range: Maximum value of 10000.') },
  ),
  defineCase({
    name: 'ListShards / MaxResults above 1,000',
    operation: 'ListShards',
    behaviour: 'limit',
    expected: 'answered',
    source: apiReference(
      'ListShards',
      'If you specify a value greater than 1000, at most 1000 results are returned.',
    ),
    async run(t) {
      const { name } = await t.sharedStream();
      const { Shards } = await list(t, { StreamName: name, MaxResults: 10_000 });
      t.same('listed', ids(Shards), [FIRST_SHARD]);
    },
  }),
  badList(
    'ExclusiveStartShardId of another form',
    { ExclusiveStartShardId: '' },
    {
      source: observedByKinesalite(
        'listShards',
        "Value '' at 'exclusiveStartShardId' failed to satisfy constraint: Member must have length greater than or equal to 1",
      ),
    },
  ),
  badList(
    'AFTER_SHARD_ID without a shard',
    { ShardFilter: { Type: 'AFTER_SHARD_ID' } },
    { source: FILTER_NEEDS },
  ),
  badList(
    'AT_TIMESTAMP without a time',
    { ShardFilter: { Type: 'AT_TIMESTAMP' } },
    { source: FILTER_NEEDS },
  ),
  badList(
    'FROM_TIMESTAMP without a time',
    { ShardFilter: { Type: 'FROM_TIMESTAMP' } },
    { source: FILTER_NEEDS },
  ),
  badList(
    'a filter without a type',
    { ShardFilter: { Type: undefined } },
    {
      source: apiReference(
        'ListShards',
        'If you use the ShardFilter parameter when invoking the ListShards API, the Type is the required property and must be specified.',
      ),
    },
  ),
  badList(
    'a type of filter that there is not',
    { ShardFilter: { Type: 'AT_NOON' as 'AT_LATEST' } },
    {
      source: apiReference(
        'ShardFilter',
        'Type: Valid Values: AFTER_SHARD_ID | AT_TRIM_HORIZON | FROM_TRIM_HORIZON | AT_LATEST | AT_TIMESTAMP | FROM_TIMESTAMP',
      ),
    },
  ),
];
