import { SplitShardCommand, type SplitShardInput } from '@aws-sdk/client-kinesis';
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
  ON_DEMAND,
  putPast,
  shardOf,
  split,
} from '#server/conformance/kinesis/reshard.ts';
import { readSequenceNumber } from '#server/conformance/kinesis/sequence-number.ts';
import {
  BAD_PARAMETER,
  guide,
  observedByKinesalite,
  observedInIssue,
} from '#server/conformance/kinesis/sources.ts';
import { refusedWhileUpdating } from '#server/conformance/kinesis/while-updating.ts';
import { FIRST_SHARD, put, putInTurn } from '#server/conformance/kinesis/writing.ts';

const HALF = (HASH_KEYS / 2n).toString();
const LAST = HASH_KEYS - 1n;
const SECOND = 'shardId-000000000001';
const THIRD = 'shardId-000000000002';
const EDGE = observedByKinesalite(
  'splitShard',
  "NewStartingHashKey 1 used in SplitShard() on shard shardId-000000000000 in stream ... under account ... is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey 113427455640312821154458202477256070484.",
);
const EDGE_MESSAGE =
  /^NewStartingHashKey \d+ used in SplitShard\(\) on shard shardId-000000000000 in stream \S+ under account \d{12} is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey \d+\.$/;

function badSplit(
  title: string,
  asked: Partial<SplitShardInput>,
  {
    exception = BAD_PARAMETER,
    ...rest
  }: Pick<Refused, 'source'> & Partial<Pick<Refused, 'exception' | 'message' | 'behaviour'>>,
): Case {
  return defineRefusal({
    operation: 'SplitShard',
    behaviour: 'invalid-argument',
    ...rest,
    title,
    exception,
    async prepare(t) {
      // One of its own: an endpoint that accepts it changes the stream.
      const { name } = await t.streams.make();
      return () => send(t, { StreamName: name, ...asked });
    },
  });
}

function send(t: CaseTools, asked: Partial<SplitShardInput>) {
  return t.kinesis.send(
    new SplitShardCommand({ ShardToSplit: FIRST_SHARD, NewStartingHashKey: HALF, ...asked }),
  );
}

function goodEdge(title: string, at: bigint): Case {
  return defineCase({
    name: `SplitShard / ${title}`,
    operation: 'SplitShard',
    behaviour: 'lineage',
    expected: `children from 0 to ${at - 1n} and from ${at} to 2^128 - 1`,
    source: EDGE,
    async run(t) {
      const { name } = await t.streams.make();
      const shards = await split(t, name, FIRST_SHARD, at);
      t.same('shards', shards.slice(1).map(lineOf), [
        { id: SECOND, parent: FIRST_SHARD, adjacent: undefined, from: '0', to: `${at - 1n}` },
        { id: THIRD, parent: FIRST_SHARD, adjacent: undefined, from: `${at}`, to: `${LAST}` },
      ]);
      t.same('faults', faultsOfLineage(shards), []);
    },
  });
}

/** SplitShard; what is read of closed shards has a file of its own. */
export const splitShardCases: readonly Case[] = [
  defineCase({
    name: 'SplitShard / two children with the halves of the range, the parent closed',
    operation: 'SplitShard',
    behaviour: 'success',
    expected: 'the lower half has the lower id; both name their parent; the parent has an end',
    source: apiReference(
      'SplitShard',
      'The NewStartingHashKey hash key value and all higher hash key values in hash key range are distributed to one of the child shards. All the lower hash key values in the range are distributed to the other child shard.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const shards = await split(t, name, FIRST_SHARD, HALF);
      t.same('shards', shards.map(lineOf), [
        { id: FIRST_SHARD, parent: undefined, adjacent: undefined, from: '0', to: `${LAST}` },
        {
          id: SECOND,
          parent: FIRST_SHARD,
          adjacent: undefined,
          from: '0',
          to: `${BigInt(HALF) - 1n}`,
        },
        { id: THIRD, parent: FIRST_SHARD, adjacent: undefined, from: HALF, to: `${LAST}` },
      ]);
      t.same('faults', faultsOfLineage(shards), []);
      const summary = await t.streams.summary(name);
      t.same('OpenShardCount', summary.OpenShardCount, 2);
    },
  }),
  defineCase({
    name: 'SplitShard / sequence numbers of the end and of the starts',
    operation: 'SplitShard',
    behaviour: 'lineage',
    expected:
      'the end is of the parent, both children start at the second of their creation, which is after the end',
    source: observedByKinesalite(
      'splitShard',
      'seq0End.shardIx.should.equal(0); seq0End.shardCreateTime.should.equal(seq0Start.shardCreateTime); seq1Start.shardIx.should.equal(1); seq1Start.shardCreateTime.should.equal(seq1Start.seqTime); seq1Start.shardCreateTime.should.equal(seq2Start.shardCreateTime); diff.should.equal(1000)',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const shards = await split(t, name, FIRST_SHARD, HALF);
      const start = (id: string) =>
        readSequenceNumber(shardOf(shards, id).SequenceNumberRange?.StartingSequenceNumber);
      const end = readSequenceNumber(
        shardOf(shards, FIRST_SHARD).SequenceNumberRange?.EndingSequenceNumber,
      );
      t.same('shard of the end', end?.shardIndex, 0);
      t.same('creation in the end', end?.shardCreatedAt, start(FIRST_SHARD)?.shardCreatedAt);
      t.same('shards of the starts', [start(SECOND)?.shardIndex, start(THIRD)?.shardIndex], [1, 2]);
      t.same('the start is the creation', start(SECOND)?.recordedAt, start(SECOND)?.shardCreatedAt);
      t.same('of both', start(THIRD)?.shardCreatedAt, start(SECOND)?.shardCreatedAt);
      const later = (start(SECOND)?.shardCreatedAt ?? 0) - (end?.recordedAt ?? 0);
      t.holds('seconds from the end to the starts', later >= 0 && later <= 1, later);
    },
  }),
  defineCase({
    name: 'SplitShard / records go to the children of their hash keys, older ones stay',
    operation: 'SplitShard',
    behaviour: 'routing',
    expected: 'both sides of the cut in their child; the parent keeps what it had',
    source: guide(
      'kinesis-using-sdk-java-after-resharding',
      'When you reshard, data records that were flowing to the parent shards are re-routed to flow to the child shards based on the hash key values that the data-record partition keys map to. However, any data records that were in the parent shards before the reshard remain in those shards.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const before = await putInTurn(t, name, 3);
      await split(t, name, FIRST_SHARD, HALF);
      const left = await putPast(t, name, FIRST_SHARD, 'left', BigInt(HALF) - 1n);
      const right = await putPast(t, name, FIRST_SHARD, 'right', BigInt(HALF));
      t.same('shards', [left.ShardId, right.ShardId], [SECOND, THIRD]);
      const { records } = await readShard(t, name, FIRST_SHARD, 3);
      t.same(
        'what the parent has first',
        records.slice(0, 3).map(({ SequenceNumber }) => SequenceNumber),
        before.map(({ SequenceNumber }) => SequenceNumber),
      );
      const child = await readShard(t, name, SECOND, 1);
      t.same('the left child has', child.records[0]?.SequenceNumber, left.SequenceNumber);
    },
  }),
  goodEdge('at the lowest hash key there may be: 2', 2n),
  goodEdge('at the highest hash key there may be: 2^128 - 2', LAST - 1n),
  ...[0n, 1n, LAST, LAST + 1n].map((at) =>
    badSplit(
      `at ${at > 1n ? `2^128${at === LAST ? ' - 1' : ''}` : at}`,
      { NewStartingHashKey: at.toString() },
      {
        exception: 'InvalidArgumentException',
        message: EDGE_MESSAGE,
        source: EDGE,
      },
    ),
  ),
  ...['abc', '-1', '01', ''].map((at) =>
    badSplit(
      `at "${at}"`,
      { NewStartingHashKey: at },
      {
        exception: 'ValidationException',
        source: observedByKinesalite(
          'splitShard',
          "Value '' at 'newStartingHashKey' failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})",
        ),
      },
    ),
  ),
  ...(['NewStartingHashKey', 'ShardToSplit'] as const).map((member) =>
    badSplit(
      `no ${member}`,
      { [member]: undefined },
      {
        source: observedByKinesalite(
          'splitShard',
          "Value null at 'newStartingHashKey' failed to satisfy constraint: Member must not be null; ... Value null at 'shardToSplit' failed to satisfy constraint: Member must not be null",
        ),
      },
    ),
  ),
  badSplit(
    'a shard that there is not',
    { ShardToSplit: 'shardId-000000000005' },
    {
      behaviour: 'missing-resource',
      exception: 'ResourceNotFoundException',
      message: /^Could not find shard shardId-000000000005 in stream \S+ under account \d{12}\.$/,
      source: observedByKinesalite(
        'splitShard',
        "'Could not find shard shardId-000000000005 in stream ' + helpers.testStream + ' under account ' + helpers.awsAccountId + '.'",
      ),
    },
  ),
  defineRefusal({
    operation: 'SplitShard',
    behaviour: 'wrong-state',
    title: 'a shard that is closed',
    exception: 'InvalidArgumentException',
    message:
      /^Shard shardId-000000000000 in stream \S+ under account \d{12} has already been merged or split, and thus is not eligible for merging or splitting\.$/,
    source: observedInIssue(
      'mhart/kinesalite/issues/109',
      'InvalidArgumentException: Shard shardId-000000000000 in stream test under account <redacted> has already been merged or split, and thus is not eligible for merging or splitting.',
    ),
    async prepare(t) {
      const { name } = await t.streams.make();
      await split(t, name, FIRST_SHARD, HALF);
      return () => send(t, { StreamName: name });
    },
  }),
  defineRefusal({
    operation: 'SplitShard',
    behaviour: 'wrong-state',
    title: 'a stream in on-demand mode',
    exception: 'ValidationException',
    source: apiReference(
      'SplitShard',
      'ValidationException: Specifies that you tried to invoke this API for a data stream with the on-demand capacity mode. This API is only supported for data streams with the provisioned capacity mode.',
    ),
    async prepare(t) {
      const { name } = await t.streams.make(ON_DEMAND);
      return () => send(t, { StreamName: name, NewStartingHashKey: '1000' });
    },
  }),
  refusedWhileUpdating('SplitShard', (t, stream) =>
    send(t, { StreamName: stream, ShardToSplit: SECOND, NewStartingHashKey: HALF }),
  ),
  defineCase({
    name: 'SplitShard / records are taken and read while the stream is UPDATING',
    operation: 'SplitShard',
    behaviour: 'success',
    expected: 'no error',
    source: apiReference(
      'SplitShard',
      'Read and write operations continue to work while the stream is in the UPDATING state.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await put(t, name, 'before');
      await send(t, { StreamName: name });
      const { ShardId = '' } = await put(t, name, 'during');
      t.matches('the shard', ShardId, /^shardId-00000000000[0-2]$/);
      const { records } = await readShard(t, name, FIRST_SHARD, 1);
      t.holds('records read', records.length >= 1, records.length);
      await t.streams.active(name);
    },
  }),
];
