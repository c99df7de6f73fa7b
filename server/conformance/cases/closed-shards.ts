import type { ChildShard } from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { HASH_KEYS } from '#server/conformance/kinesis/hash-keys.ts';
import {
  iteratorAt,
  type Position,
  readOnce,
  readToEnd,
} from '#server/conformance/kinesis/reading.ts';
import { merge, scale, split } from '#server/conformance/kinesis/reshard.ts';
import { guide } from '#server/conformance/kinesis/sources.ts';
import { FIRST_SHARD, put, putInTurn, text } from '#server/conformance/kinesis/writing.ts';

const HALF = HASH_KEYS / 2n;
const LAST = HASH_KEYS - 1n;
const SECOND = 'shardId-000000000001';
const THIRD = 'shardId-000000000002';
const END = apiReference(
  'GetRecords',
  "If set to null, the shard has been closed and the requested iterator does not return any more data. ... ChildShards: The list of the current shard's child shards, returned in the GetRecords API's response only when the end of the current shard is reached.",
);
const STILL_READ = guide(
  'kinesis-using-sdk-java-after-resharding',
  'However, data records can still be retrieved from the shard for a limited time.',
);

/** As documents write it, for comparing; by shard id. */
function childLines(children: readonly ChildShard[] | undefined) {
  return [...(children ?? [])]
    .sort((a, b) => ((a.ShardId ?? '') < (b.ShardId ?? '') ? -1 : 1))
    .map(({ ShardId, ParentShards, HashKeyRange }) => ({
      id: ShardId,
      parents: ParentShards,
      from: HashKeyRange?.StartingHashKey,
      to: HashKeyRange?.EndingHashKey,
    }));
}

const CHILDREN_OF_SPLIT = [
  { id: SECOND, parents: [FIRST_SHARD], from: '0', to: `${HALF - 1n}` },
  { id: THIRD, parents: [FIRST_SHARD], from: `${HALF}`, to: `${LAST}` },
];

/** What an iterator of this position reads of a shard with r0, r1 and r2 that was split afterwards. */
function readsOfClosed(
  title: string,
  expected: readonly string[],
  position: (
    numbers: readonly (string | undefined)[],
    end: string | undefined,
  ) => Omit<Position, 'ShardId'>,
  source = STILL_READ,
): Case {
  return defineCase({
    name: `GetShardIterator / ${title} on a closed shard`,
    operation: 'GetShardIterator',
    behaviour: 'iterator',
    expected: `of r0 to r2 it reads ${expected.join(', ') || 'nothing'}, then the end and both children`,
    source,
    async run(t) {
      const { name } = await t.streams.make();
      const answers = await putInTurn(t, name, 3);
      const [parent] = await split(t, name, FIRST_SHARD, HALF);
      const iterator = await iteratorAt(t, name, {
        ShardId: FIRST_SHARD,
        ...position(
          answers.map(({ SequenceNumber }) => SequenceNumber),
          parent?.SequenceNumberRange?.EndingSequenceNumber,
        ),
      });
      const { records, last } = await readToEnd(t, iterator);
      t.same(
        'it reads',
        records.map(({ Data }) => text(Data)),
        [...expected],
      );
      t.same('children', childLines(last.ChildShards), CHILDREN_OF_SPLIT);
    },
  });
}

/** After so many records were read, which iterator is there and which children are told? */
async function endOf(t: CaseTools, stream: string, shardId: string) {
  const iterator = await iteratorAt(t, stream, {
    ShardId: shardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  return readToEnd(t, iterator);
}

/** What is read of shards that a reshard has closed, by every kind of iterator. */
export const closedShardCases: readonly Case[] = [
  readsOfClosed('TRIM_HORIZON', ['r0', 'r1', 'r2'], () => ({ ShardIteratorType: 'TRIM_HORIZON' })),
  readsOfClosed('AT_SEQUENCE_NUMBER', ['r1', 'r2'], (numbers) => ({
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    StartingSequenceNumber: numbers[1],
  })),
  readsOfClosed('AFTER_SEQUENCE_NUMBER', ['r2'], (numbers) => ({
    ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
    StartingSequenceNumber: numbers[1],
  })),
  readsOfClosed('AFTER_SEQUENCE_NUMBER of the last record', [], (numbers) => ({
    ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
    StartingSequenceNumber: numbers[2],
  })),
  readsOfClosed(
    'AT_SEQUENCE_NUMBER of its end',
    [],
    (_numbers, end) => ({
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      StartingSequenceNumber: end,
    }),
    apiReference(
      'GetShardIterator',
      'If the shard is closed, GetShardIterator returns a valid iterator for the last sequence number of the shard.',
    ),
  ),
  readsOfClosed('LATEST', [], () => ({ ShardIteratorType: 'LATEST' })),
  readsOfClosed('AT_TIMESTAMP long ago', ['r0', 'r1', 'r2'], () => ({
    ShardIteratorType: 'AT_TIMESTAMP',
    Timestamp: new Date('2016-04-04T19:58:46.480Z'),
  })),
  defineCase({
    name: 'GetRecords / the end of a closed shard: no next iterator, children only then',
    operation: 'GetRecords',
    behaviour: 'lineage',
    expected: 'an iterator and no children before the end; no iterator and both children at it',
    source: END,
    async run(t) {
      const { name } = await t.streams.make();
      await putInTurn(t, name, 3);
      await split(t, name, FIRST_SHARD, HALF);
      const iterator = await iteratorAt(t, name, {
        ShardId: FIRST_SHARD,
        ShardIteratorType: 'TRIM_HORIZON',
      });
      const first = await readOnce(t, iterator, 1);
      t.same('records of the first answer', first.Records?.length, 1);
      t.same('children before the end', first.ChildShards ?? [], []);
      const { records, last } = await readToEnd(t, first.NextShardIterator ?? '');
      t.same(
        'the rest',
        records.map(({ Data }) => text(Data)),
        ['r1', 'r2'],
      );
      t.same('the next iterator', last.NextShardIterator, undefined);
      t.same('children', childLines(last.ChildShards), CHILDREN_OF_SPLIT);
      t.holds('behind at the end', (last.MillisBehindLatest ?? -1) >= 0, last.MillisBehindLatest);
    },
  }),
  defineCase({
    name: 'GetRecords / an empty closed shard',
    operation: 'GetRecords',
    behaviour: 'lineage',
    expected: 'no record, no next iterator, both children',
    source: END,
    async run(t) {
      const { name } = await t.streams.make();
      await split(t, name, FIRST_SHARD, HALF);
      const { records, last } = await endOf(t, name, FIRST_SHARD);
      t.same('records', records.length, 0);
      t.same('children', childLines(last.ChildShards), CHILDREN_OF_SPLIT);
    },
  }),
  defineCase({
    name: 'GetRecords / the ends of two merged shards tell the one child',
    operation: 'GetRecords',
    behaviour: 'lineage',
    expected: 'at both ends the same child, with both parents and the whole range',
    source: apiReference(
      'ChildShard',
      'ParentShards: The current shard that is the parent of the existing child shard.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      await put(t, name, 'left', 0n);
      await put(t, name, 'right', LAST);
      await merge(t, name, FIRST_SHARD, SECOND);
      for (const [shardId, data] of [
        [FIRST_SHARD, 'left'],
        [SECOND, 'right'],
      ] as const) {
        const { records, last } = await endOf(t, name, shardId);
        t.same(`data of ${shardId}`, text(records[0]?.Data), data);
        t.same(
          `children of ${shardId}`,
          childLines(last.ChildShards).map((one) => ({ ...one, parents: one.parents?.toSorted() })),
          [{ id: THIRD, parents: [FIRST_SHARD, SECOND], from: '0', to: `${LAST}` }],
        );
      }
    },
  }),
  defineCase({
    name: 'GetRecords / an iterator from before the split reads to the end',
    operation: 'GetRecords',
    behaviour: 'lineage',
    expected: 'the iterator stays good; what was put before the split is read, then the end',
    source: guide(
      'kinesis-using-sdk-java-after-resharding',
      'When getRecordsResult.getNextShardIterator returns null, it indicates that you have read all the data in the parent shard.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const iterator = await iteratorAt(t, name, {
        ShardId: FIRST_SHARD,
        ShardIteratorType: 'LATEST',
      });
      await put(t, name, 'before the split');
      await split(t, name, FIRST_SHARD, HALF);
      const { records, last } = await readToEnd(t, iterator);
      t.same(
        'it reads',
        records.map(({ Data }) => text(Data)),
        ['before the split'],
      );
      t.same('children', childLines(last.ChildShards), CHILDREN_OF_SPLIT);
    },
  }),
  defineCase({
    name: 'GetRecords / children are followed from the roots to every open shard',
    operation: 'GetRecords',
    behaviour: 'lineage',
    expected: 'after 2 -> 4 -> 3 shards, the shards reached are all that are listed',
    source: END,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      await scale(t, name, 4);
      const { shards } = await scale(t, name, 3);
      const open = new Set(
        shards
          .filter((one) => one.SequenceNumberRange?.EndingSequenceNumber === undefined)
          .map(({ ShardId }) => ShardId),
      );
      const reached = new Set([FIRST_SHARD, SECOND]);
      // A set hands out what is added while it is walked through.
      for (const shardId of reached) {
        if (open.has(shardId)) continue;
        const { last } = await endOf(t, name, shardId);
        for (const { ShardId = '' } of last.ChildShards ?? []) reached.add(ShardId);
      }
      t.same(
        'reached',
        [...reached].sort(),
        shards.map(({ ShardId }) => ShardId),
      );
    },
  }),
];
