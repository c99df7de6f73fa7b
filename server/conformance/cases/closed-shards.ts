import type { ChildShard } from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import {
  HASH_KEYS,
  hashKeyOf,
  openShards,
  shardFor,
} from '#server/conformance/kinesis/hash-keys.ts';
import { pause } from '#server/conformance/kinesis/pause.ts';
import {
  iteratorAt,
  type Position,
  readOnce,
  readShard,
  readToEnd,
} from '#server/conformance/kinesis/reading.ts';
import { merge, putPast, scale, split } from '#server/conformance/kinesis/reshard.ts';
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
    name: 'GetShardIterator / AT_TIMESTAMP of a record, and later than the shard was closed',
    operation: 'GetShardIterator',
    behaviour: 'iterator',
    expected: 'from r1 on; nothing; and the end with both children each time',
    source: apiReference(
      'GetShardIterator',
      'If a record with this exact time stamp does not exist, the iterator returned is for the next (later) record.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      for (const data of ['r0', 'r1']) {
        await put(t, name, data);
        // So that their arrivals differ.
        await pause(t, 20);
      }
      await split(t, name, FIRST_SHARD, HALF);
      const { ShardId = '' } = await putPast(t, name, FIRST_SHARD, 'child', 0n);
      const parent = await endOf(t, name, FIRST_SHARD);
      const child = await readShard(t, name, ShardId, 1);
      for (const [record, expected] of [
        [parent.records[1], ['r1']],
        [child.records[0], []],
      ] as const) {
        const iterator = await iteratorAt(t, name, {
          ShardId: FIRST_SHARD,
          ShardIteratorType: 'AT_TIMESTAMP',
          Timestamp: record?.ApproximateArrivalTimestamp,
        });
        const { records, last } = await readToEnd(t, iterator);
        t.same(
          'it reads',
          records.map(({ Data }) => text(Data)),
          [...expected],
        );
        t.same('children', childLines(last.ChildShards), CHILDREN_OF_SPLIT);
      }
    },
  }),
  defineCase({
    name: 'GetRecords / the order of a key outlives a split, a merge and a change of the count',
    operation: 'GetRecords',
    behaviour: 'lineage',
    expected:
      'read from parents to children, the 20 records of one key come as they were put, none twice, none lost',
    source: guide(
      'kinesis-using-sdk-java-after-resharding',
      'assuming that the order of the data is important, you should, after a reshard, always continue to read data from the parent shards until it is exhausted, and only then begin reading data from the child shards.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const sent: string[] = [];
      const putFive = async () => {
        for (let index = 0; index < 5; index += 1) {
          const data = `r${sent.length}`;
          sent.push(data);
          await put(t, name, data);
        }
      };
      await putFive();
      await split(t, name, FIRST_SHARD, HALF);
      await putFive();
      await merge(t, name, SECOND, THIRD);
      await putFive();
      const { shards: listed } = await scale(t, name, 2);
      await putFive();
      const found: (string | undefined)[] = [];
      // Breadth first: the children of a shard are newer than all shards that were open beside it.
      const shards = new Set([FIRST_SHARD]);
      for (const shardId of shards) {
        const isOpen = openShards(listed).some(({ ShardId }) => ShardId === shardId);
        const isOfKey = shardId === shardFor(listed, hashKeyOf('key'))?.ShardId;
        const missing = isOfKey ? sent.length - found.length : 0;
        const { records, last } = isOpen
          ? await readShard(t, name, shardId, missing)
          : await endOf(t, name, shardId);
        found.push(...records.map(({ Data }) => text(Data)));
        for (const { ShardId = '' } of last.ChildShards ?? []) shards.add(ShardId);
      }
      t.same('found', found, sent);
    },
  }),
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
