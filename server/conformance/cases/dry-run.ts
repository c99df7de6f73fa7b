import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  PutRecordsCommand,
  SubscribeToShardCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { activeConsumer } from '#server/conformance/kinesis/consumers.ts';
import { iteratorAt, readShard } from '#server/conformance/kinesis/reading.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { entries, FIRST_SHARD, put, text } from '#server/conformance/kinesis/writing.ts';

const REJECTED = 'DryRunOperationException';
const LATEST = { ShardId: FIRST_SHARD, ShardIteratorType: 'LATEST' } as const;

function dryRunSource(operation: string) {
  return apiReference(
    operation,
    'DryRunOperationException: The request was rejected because the DryRun parameter was specified. (DryRun: Checks if your request will succeed.)',
  );
}

const dryPut = (t: CaseTools, stream: string, key = 'key') =>
  t.kinesis.send(
    new PutRecordCommand({
      StreamName: stream,
      PartitionKey: key,
      Data: Buffer.from('never'),
      DryRun: true,
    }),
  );

/** A put with DryRun, and that nothing of it is there afterwards. */
function writesNothing(
  operation: 'PutRecord' | 'PutRecords',
  send: (t: CaseTools, stream: string) => Promise<unknown>,
): Case {
  return defineCase({
    name: `${operation} / DryRun writes nothing`,
    operation,
    behaviour: 'success',
    expected: `${REJECTED}; the shard is as before`,
    source: dryRunSource(operation),
    async run(t) {
      const { name } = await t.streams.make();
      await t.refused(REJECTED, () => send(t, name));
      await put(t, name, 'real');
      const { records } = await readShard(t, name, FIRST_SHARD, 1);
      t.same(
        'what is there',
        records.map(({ Data }) => text(Data)),
        ['real'],
      );
    },
  });
}

/** DryRun: the answer tells whether the request would have been taken. */
export const dryRunCases: readonly Case[] = [
  writesNothing('PutRecord', (t, stream) => dryPut(t, stream)),
  writesNothing('PutRecords', (t, stream) =>
    t.kinesis.send(
      new PutRecordsCommand({ StreamName: stream, Records: entries(3), DryRun: true }),
    ),
  ),
  defineRefusal({
    operation: 'PutRecord',
    behaviour: 'missing-resource',
    title: 'DryRun on a stream that there is not',
    exception: 'ResourceNotFoundException',
    source: dryRunSource('PutRecord'),
    prepare: (t) => () => dryPut(t, t.freshName()),
  }),
  defineRefusal({
    operation: 'PutRecord',
    behaviour: 'invalid-argument',
    title: 'DryRun with a key of 257 characters',
    exception: BAD_PARAMETER,
    source: dryRunSource('PutRecord'),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => dryPut(t, name, 'k'.repeat(257));
    },
  }),
  defineRefusal({
    operation: 'GetShardIterator',
    behaviour: 'success',
    title: 'DryRun gives no iterator',
    exception: REJECTED,
    source: dryRunSource('GetShardIterator'),
    async prepare(t) {
      const { name } = await t.streams.make();
      return () =>
        t.kinesis.send(new GetShardIteratorCommand({ StreamName: name, ...LATEST, DryRun: true }));
    },
  }),
  defineRefusal({
    operation: 'GetRecords',
    behaviour: 'success',
    title: 'DryRun reads nothing',
    exception: REJECTED,
    source: dryRunSource('GetRecords'),
    async prepare(t) {
      const { name } = await t.streams.make();
      const ShardIterator = await iteratorAt(t, name, LATEST);
      return () => t.kinesis.send(new GetRecordsCommand({ ShardIterator, DryRun: true }));
    },
  }),
  defineRefusal({
    operation: 'SubscribeToShard',
    behaviour: 'success',
    title: 'DryRun opens no subscription',
    exception: REJECTED,
    source: dryRunSource('SubscribeToShard'),
    async prepare(t) {
      const { arn } = await t.streams.make();
      const ConsumerARN = await activeConsumer(t, arn);
      return () =>
        t.kinesis.send(
          new SubscribeToShardCommand({
            ConsumerARN,
            ShardId: FIRST_SHARD,
            StartingPosition: { Type: 'LATEST' },
            DryRun: true,
          }),
        );
    },
  }),
];
