import { MergeShardsCommand, type MergeShardsInput } from '@aws-sdk/client-kinesis';
import {
  apiReference,
  type Case,
  defineCase,
  defineRefusal,
  type Refused,
} from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { HASH_KEYS } from '#server/conformance/kinesis/hash-keys.ts';
import { readShard } from '#server/conformance/kinesis/reading.ts';
import {
  faultsOfLineage,
  lineOf,
  merge,
  ON_DEMAND,
  putPast,
  shardOf,
  split,
} from '#server/conformance/kinesis/reshard.ts';
import { readSequenceNumber } from '#server/conformance/kinesis/sequence-number.ts';
import {
  BAD_PARAMETER,
  observedByKinesalite,
  observedInIssue,
} from '#server/conformance/kinesis/sources.ts';
import { refusedWhileUpdating } from '#server/conformance/kinesis/while-updating.ts';
import { FIRST_SHARD, put } from '#server/conformance/kinesis/writing.ts';

const SECOND = 'shardId-000000000001';
const THIRD = 'shardId-000000000002';
const FOURTH = 'shardId-000000000003';
const ADJACENCY = observedByKinesalite(
  'mergeShards',
  "'Shards shardId-000000000000 and shardId-000000000002 in stream ' + helpers.testStream + ' under account ' + helpers.awsAccountId + ' are not an adjacent pair of shards eligible for merging'",
);
const NOT_ADJACENT =
  /^Shards shardId-\d{12} and shardId-\d{12} in stream \S+ under account \d{12} are not an adjacent pair of shards eligible for merging$/;

function send(t: CaseTools, asked: Partial<MergeShardsInput>) {
  return t.kinesis.send(
    new MergeShardsCommand({ ShardToMerge: FIRST_SHARD, AdjacentShardToMerge: SECOND, ...asked }),
  );
}

function badMerge(
  title: string,
  asked: Partial<MergeShardsInput>,
  {
    exception = BAD_PARAMETER,
    ...rest
  }: Pick<Refused, 'source'> & Partial<Pick<Refused, 'exception' | 'message' | 'behaviour'>>,
): Case {
  return defineRefusal({
    operation: 'MergeShards',
    behaviour: 'invalid-argument',
    ...rest,
    title,
    exception,
    async prepare(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      return () => send(t, { StreamName: name, ...asked });
    },
  });
}

/** MergeShards. */
export const mergeShardsCases: readonly Case[] = [
  defineCase({
    name: 'MergeShards / one child with both ranges, whose parents are both',
    operation: 'MergeShards',
    behaviour: 'success',
    expected: 'ParentShardId is ShardToMerge, AdjacentParentShardId the other; both parents end',
    source: observedByKinesalite(
      'mergeShards',
      "ShardId: 'shardId-000000000003', ParentShardId: 'shardId-000000000000', AdjacentParentShardId: 'shardId-000000000001', StartingHashKey: '0', EndingHashKey: '226854911280625642308916404954512140969'",
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      const shards = await merge(t, name, FIRST_SHARD, SECOND);
      t.same('the child', lineOf(shardOf(shards, FOURTH)), {
        id: FOURTH,
        parent: FIRST_SHARD,
        adjacent: SECOND,
        from: '0',
        to: '226854911280625642308916404954512140969',
      });
      t.same('shards', shards.length, 4);
      t.same(
        'closed ones',
        shards
          .filter((shard) => shard.SequenceNumberRange?.EndingSequenceNumber !== undefined)
          .map(({ ShardId }) => ShardId),
        [FIRST_SHARD, SECOND],
      );
      t.same('faults', faultsOfLineage(shards), []);
      const summary = await t.streams.summary(name);
      t.same('OpenShardCount', summary.OpenShardCount, 2);
    },
  }),
  defineCase({
    name: 'MergeShards / sequence numbers of the ends and of the start',
    operation: 'MergeShards',
    behaviour: 'lineage',
    expected: 'both parents end at the same second, the child starts after it',
    source: observedByKinesalite(
      'mergeShards',
      'seq0End.seqTime.should.equal(seq1End.seqTime); seq3Start.shardIx.should.equal(3); seq3Start.shardCreateTime.should.equal(seq3Start.seqTime); diff.should.equal(1000)',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      const shards = await merge(t, name, FIRST_SHARD, SECOND);
      const end = (id: string) =>
        readSequenceNumber(shardOf(shards, id).SequenceNumberRange?.EndingSequenceNumber);
      const start = readSequenceNumber(
        shardOf(shards, FOURTH).SequenceNumberRange?.StartingSequenceNumber,
      );
      t.same('shards of the ends', [end(FIRST_SHARD)?.shardIndex, end(SECOND)?.shardIndex], [0, 1]);
      t.same('seconds of the ends', end(FIRST_SHARD)?.recordedAt, end(SECOND)?.recordedAt);
      t.same('shard of the start', start?.shardIndex, 3);
      t.same('the start is the creation', start?.recordedAt, start?.shardCreatedAt);
      const later = (start?.shardCreatedAt ?? 0) - (end(FIRST_SHARD)?.recordedAt ?? 0);
      t.holds('seconds from the ends to the start', later >= 0 && later <= 1, later);
    },
  }),
  defineCase({
    name: 'MergeShards / records of both ranges go to the child',
    operation: 'MergeShards',
    behaviour: 'routing',
    expected: 'both in the child; what the parents had stays with them',
    source: apiReference(
      'MergeShards',
      'After the merge, the single child shard receives data for all hash key values covered by the two parent shards.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      const before = await put(t, name, 'before', HASH_KEYS - 1n);
      await merge(t, name, FIRST_SHARD, SECOND);
      const left = await putPast(t, name, FIRST_SHARD, 'left', 0n);
      const right = await putPast(t, name, SECOND, 'right', HASH_KEYS - 1n);
      t.same('shards', [left.ShardId, right.ShardId], [THIRD, THIRD]);
      const { records } = await readShard(t, name, SECOND, 1);
      t.same('what the parent has first', records[0]?.SequenceNumber, before.SequenceNumber);
    },
  }),
  defineCase({
    name: 'MergeShards / undoes a split',
    operation: 'MergeShards',
    behaviour: 'lineage',
    expected: 'one open shard of the whole range, after five in all, each with its parents',
    source: apiReference(
      'MergeShards',
      'Two shards are considered adjacent if the union of the hash key ranges for the two shards form a contiguous set with no gaps.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await split(t, name, FIRST_SHARD, 1_000n);
      const shards = await merge(t, name, SECOND, THIRD);
      t.same('the child', lineOf(shardOf(shards, FOURTH)), {
        id: FOURTH,
        parent: SECOND,
        adjacent: THIRD,
        from: '0',
        to: `${HASH_KEYS - 1n}`,
      });
      t.same('faults', faultsOfLineage(shards), []);
    },
  }),
  badMerge(
    'shards that are not adjacent',
    { AdjacentShardToMerge: THIRD },
    { exception: 'InvalidArgumentException', message: NOT_ADJACENT, source: ADJACENCY },
  ),
  badMerge(
    'the right shard first',
    { ShardToMerge: SECOND, AdjacentShardToMerge: FIRST_SHARD },
    {
      exception: 'InvalidArgumentException',
      message: NOT_ADJACENT,
      source: observedByKinesalite(
        'mergeShards',
        "InvalidArgumentException if adjacency is inverted: 'Shards shardId-000000000001 and shardId-000000000000 in stream ' + ... + ' are not an adjacent pair of shards eligible for merging'",
      ),
    },
  ),
  badMerge(
    'a shard with itself',
    { AdjacentShardToMerge: FIRST_SHARD },
    {
      source: apiReference(
        'MergeShards',
        'Merges two adjacent shards in a Kinesis data stream and combines them into a single shard',
      ),
    },
  ),
  ...(['ShardToMerge', 'AdjacentShardToMerge'] as const).map((member) =>
    badMerge(
      `no ${member}`,
      { [member]: undefined },
      {
        source: observedByKinesalite(
          'mergeShards',
          "Value null at 'shardToMerge' failed to satisfy constraint: Member must not be null",
        ),
      },
    ),
  ),
  ...(['ShardToMerge', 'AdjacentShardToMerge'] as const).map((member) =>
    badMerge(
      `${member} that there is not`,
      { [member]: 'shardId-000000000005' },
      {
        behaviour: 'missing-resource',
        exception: 'ResourceNotFoundException',
        message: /^Could not find shard shardId-000000000005 in stream \S+ under account \d{12}\.$/,
        source: observedByKinesalite(
          'mergeShards',
          "'Could not find shard shardId-000000000005 in stream ' + helpers.testStream + ' under account ' + helpers.awsAccountId + '.'",
        ),
      },
    ),
  ),
  defineRefusal({
    operation: 'MergeShards',
    behaviour: 'wrong-state',
    title: 'a shard that is closed',
    exception: 'InvalidArgumentException',
    source: observedInIssue(
      'mhart/kinesalite/issues/109',
      'InvalidArgumentException: Shard shardId-000000000000 in stream test under account <redacted> has already been merged or split, and thus is not eligible for merging or splitting.',
    ),
    async prepare(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      await merge(t, name, FIRST_SHARD, SECOND);
      return () => send(t, { StreamName: name, ShardToMerge: SECOND, AdjacentShardToMerge: THIRD });
    },
  }),
  defineRefusal({
    operation: 'MergeShards',
    behaviour: 'wrong-state',
    title: 'a stream in on-demand mode',
    exception: 'ValidationException',
    source: apiReference(
      'MergeShards',
      'ValidationException: Specifies that you tried to invoke this API for a data stream with the on-demand capacity mode. This API is only supported for data streams with the provisioned capacity mode.',
    ),
    async prepare(t) {
      const { name } = await t.streams.make(ON_DEMAND);
      return () => send(t, { StreamName: name });
    },
  }),
  refusedWhileUpdating('MergeShards', (t, stream) =>
    send(t, { StreamName: stream, ShardToMerge: SECOND, AdjacentShardToMerge: THIRD }),
  ),
];
