import {
  GetShardIteratorCommand,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import { BAD_PARAMETER, observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { FIRST_SHARD } from '#server/conformance/kinesis/writing.ts';
import { byNameOrArn, type Send, type Target } from './addressing.ts';

const RECORD = { PartitionKey: 'key', Data: Buffer.from('x') };

/** Each with an otherwise good request. */
const OPERATIONS: Readonly<Record<string, Send<Target>>> = {
  PutRecord: (t, target) => t.kinesis.send(new PutRecordCommand({ ...target, ...RECORD })),
  PutRecords: (t, target) =>
    t.kinesis.send(new PutRecordsCommand({ ...target, Records: [RECORD] })),
  ListShards: (t, target) => t.kinesis.send(new ListShardsCommand(target)),
  SplitShard: (t, target) =>
    t.kinesis.send(
      new SplitShardCommand({
        ...target,
        ShardToSplit: FIRST_SHARD,
        NewStartingHashKey: '170141183460469231731687303715884105728',
      }),
    ),
  MergeShards: (t, target) =>
    t.kinesis.send(
      new MergeShardsCommand({
        ...target,
        ShardToMerge: FIRST_SHARD,
        AdjacentShardToMerge: 'shardId-000000000001',
      }),
    ),
  UpdateShardCount: (t, target) =>
    t.kinesis.send(
      new UpdateShardCountCommand({
        ...target,
        TargetShardCount: 2,
        ScalingType: 'UNIFORM_SCALING',
      }),
    ),
};

const getShardIterator: Send<Target> = (t, target) =>
  t.kinesis.send(
    new GetShardIteratorCommand({ ...target, ShardId: FIRST_SHARD, ShardIteratorType: 'LATEST' }),
  );

/** An operation that leaves the stream as it is, addressed in the ways that must do. */
function takes(operation: string, send: Send<Target>): Case {
  return defineCase({
    name: `${operation} / StreamARN alone, and StreamARN with StreamName`,
    operation,
    behaviour: 'success',
    expected: 'answered like StreamName alone',
    source: apiReference(
      operation,
      'When invoking this API, you must use either the StreamARN or the StreamName parameter, or both.',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make();
      const targets: Target[] = [{ StreamARN: arn }, { StreamARN: arn, StreamName: name }];
      for (const target of targets) {
        await send(t, target);
        t.holds('answered', true, Object.keys(target).join(' and '));
      }
    },
  });
}

/** A name and an ARN which are of different streams. */
function mismatch(operation: string, send: Send<Target>): Case {
  return defineRefusal({
    operation,
    behaviour: 'invalid-argument',
    title: 'StreamName and StreamARN of different streams',
    exception: BAD_PARAMETER,
    source: apiReference(
      operation,
      "InvalidArgumentException: A specified parameter exceeds its restrictions, is not supported, or can't be used.",
    ),
    async prepare(t) {
      const [{ name }, { arn }] = [
        await t.streams.make({ ShardCount: 2 }),
        await t.streams.make({ ShardCount: 2 }),
      ];
      return () => send(t, { StreamName: name, StreamARN: arn });
    },
  });
}

/** How what is written, read and resharded is addressed. */
export const dataAddressingCases: readonly Case[] = [
  ...Object.entries(OPERATIONS).flatMap(([operation, send]) => byNameOrArn(operation, send)),
  ...byNameOrArn('GetShardIterator', getShardIterator, {
    message:
      /^(Shard shardId-\d{12} in stream \S+ under account \d{12} does not exist|Stream \S+ under account \d{12} not found\.)$/,
    source: observedByKinesalite(
      'getShardIterator',
      "ResourceNotFoundException if unknown stream: 'Shard shardId-002147483647 in stream ' + name1 + ' under account ' + helpers.awsAccountId + ' does not exist'",
    ),
  }),
  ...Object.entries(OPERATIONS)
    .filter(([operation]) => /^(Put|List)/.test(operation))
    .map(([operation, send]) => takes(operation, send)),
  takes('GetShardIterator', getShardIterator),
  ...Object.entries({ ...OPERATIONS, GetShardIterator: getShardIterator }).map(
    ([operation, send]) => mismatch(operation, send),
  ),
];
