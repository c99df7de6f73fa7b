import {
  DeleteStreamCommand,
  GetRecordsCommand,
  type GetRecordsInput,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import { pause } from '#server/conformance/kinesis/pause.ts';
import { iteratorAt, readOnce, readShard, readUntil } from '#server/conformance/kinesis/reading.ts';
import { increases } from '#server/conformance/kinesis/sequence-number.ts';
import { BAD_PARAMETER, observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { FIRST_SHARD, put, putInTurn, text } from '#server/conformance/kinesis/writing.ts';

const LIMIT = apiReference(
  'GetRecords',
  'The maximum number of records to return. Specify a value of up to 10,000. If you specify a value that is greater than 10,000, GetRecords throws InvalidArgumentException.',
);
const BEHIND = apiReference(
  'GetRecords',
  'The number of milliseconds the GetRecords response is from the tip of the stream, indicating how far behind current time the consumer is. A value of zero indicates that record processing is caught up, and there are no new records to process at this moment.',
);
const TRIM_HORIZON = { ShardId: FIRST_SHARD, ShardIteratorType: 'TRIM_HORIZON' } as const;
const LATEST = { ShardId: FIRST_SHARD, ShardIteratorType: 'LATEST' } as const;
/** For clocks that count in steps, and for the time that a call itself takes. */
const SLACK_MS = 100;

function badLimit(limit: number, source = LIMIT): Case {
  return defineRefusal({
    operation: 'GetRecords',
    behaviour: 'invalid-argument',
    title: `Limit ${limit}`,
    exception: BAD_PARAMETER,
    source,
    async prepare(t) {
      const { name } = await t.sharedStream();
      const ShardIterator = await iteratorAt(t, name, LATEST);
      return () => t.kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: limit }));
    },
  });
}

function badIterator(title: string, input: Partial<GetRecordsInput>, message?: RegExp): Case {
  return defineRefusal({
    operation: 'GetRecords',
    behaviour: 'invalid-argument',
    title,
    exception: message === undefined ? BAD_PARAMETER : 'InvalidArgumentException',
    ...(message === undefined ? {} : { message }),
    source: observedByKinesalite(
      'getRecords',
      "InvalidArgumentException if ShardIterator is incorrect format: 'Invalid ShardIterator.'",
    ),
    prepare: (t) => () =>
      t.kinesis.send(new GetRecordsCommand({ ShardIterator: undefined, ...input })),
  });
}

/** GetRecords, on shards that are open; rates and closed shards have files of their own. */
export const getRecordsCases: readonly Case[] = [
  defineCase({
    name: 'GetRecords / Limit 2 of 5, and the next iterators go on where it ended',
    operation: 'GetRecords',
    behaviour: 'paging',
    expected:
      '2, 2 and 1 records, in the order of their sequence numbers, none twice, none left out',
    source: apiReference(
      'GetRecords',
      'The next position in the shard from which to start sequentially reading data records.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const put = await putInTurn(t, name, 5);
      await readShard(t, name, FIRST_SHARD, 5);
      let next: string | undefined = await iteratorAt(t, name, TRIM_HORIZON);
      const counts: number[] = [];
      const numbers: (string | undefined)[] = [];
      for (let call = 0; call < 3 && next !== undefined; call += 1) {
        const { Records = [], NextShardIterator } = await readOnce(t, next, 2);
        counts.push(Records.length);
        numbers.push(...Records.map(({ SequenceNumber }) => SequenceNumber));
        next = NextShardIterator;
      }
      t.same('how many', counts, [2, 2, 1]);
      t.same(
        'which',
        numbers,
        put.map(({ SequenceNumber }) => SequenceNumber),
      );
      t.holds('there is a next iterator', next !== undefined, next === undefined ? 'none' : 'one');
    },
  }),
  defineCase({
    name: 'GetRecords / an iterator may be used again',
    operation: 'GetRecords',
    behaviour: 'iterator',
    expected: 'the same records',
    source: observedByKinesalite(
      'getRecords',
      'request(opts({ShardIterator: nextIterator, Limit: 3})) and again with Limit: 1 begin with the same record',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await putInTurn(t, name, 3);
      await readShard(t, name, FIRST_SHARD, 3);
      const iterator = await iteratorAt(t, name, TRIM_HORIZON);
      const first = await readOnce(t, iterator, 3);
      const second = await readOnce(t, iterator, 1);
      t.same(
        'first',
        first.Records?.map(({ Data }) => text(Data)),
        ['r0', 'r1', 'r2'],
      );
      t.same(
        'again',
        second.Records?.map(({ Data }) => text(Data)),
        ['r0'],
      );
    },
  }),
  defineCase({
    name: 'GetRecords / Limit 10,000',
    operation: 'GetRecords',
    behaviour: 'limit',
    expected: 'answered',
    source: LIMIT,
    async run(t) {
      const { name } = await t.streams.make();
      await putInTurn(t, name, 2);
      await readShard(t, name, FIRST_SHARD, 2);
      const { Records } = await readOnce(t, await iteratorAt(t, name, TRIM_HORIZON), 10_000);
      t.same('records', Records?.length, 2);
    },
  }),
  badLimit(10_001),
  badLimit(
    0,
    observedByKinesalite(
      'getRecords',
      "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
  ),
  badLimit(-1),
  defineCase({
    name: 'GetRecords / nothing to read',
    operation: 'GetRecords',
    behaviour: 'success',
    expected: 'an empty list, 0 ms behind, a next iterator, which reads what comes later',
    source: apiReference(
      'GetRecords',
      'If there are no records available in the portion of the shard that the iterator points to, GetRecords returns an empty list.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const { Records, MillisBehindLatest, NextShardIterator, ChildShards } = await readOnce(
        t,
        await iteratorAt(t, name, LATEST),
      );
      t.same('records', Records, []);
      t.same('behind', MillisBehindLatest, 0);
      t.same('children', ChildShards ?? [], []);
      t.holds('a next iterator', typeof NextShardIterator === 'string', NextShardIterator?.length);
      await put(t, name, 'later');
      const { records } = await readUntil(t, NextShardIterator ?? '', 1);
      t.same(
        'later',
        records.map(({ Data }) => text(Data)),
        ['later'],
      );
    },
  }),
  defineCase({
    name: 'GetRecords / MillisBehindLatest counts to now, not to the newest record',
    operation: 'GetRecords',
    behaviour: 'iterator',
    expected: 'after the first of two records: the time since then, to the present; after both: 0',
    source: BEHIND,
    async run(t) {
      const { name } = await t.streams.make();
      const beforeFirst = performance.now();
      await put(t, name, 'r0');
      await pause(t, 300);
      await put(t, name, 'r1');
      const afterSecond = performance.now();
      // Much longer than the two are apart: so the newest record is far from the present.
      await pause(t, 1_500);
      const iterator = await iteratorAt(t, name, TRIM_HORIZON);
      const asked = performance.now();
      const {
        Records = [],
        MillisBehindLatest = -1,
        NextShardIterator,
      } = await readOnce(t, iterator, 1);
      const answered = performance.now();
      t.same(
        'records',
        Records.map(({ Data }) => text(Data)),
        ['r0'],
      );
      const atLeast = asked - afterSecond - SLACK_MS;
      const atMost = answered - beforeFirst + SLACK_MS;
      t.holds(
        `behind by ${atLeast.toFixed(0)} to ${atMost.toFixed(0)} ms`,
        MillisBehindLatest >= atLeast && MillisBehindLatest <= atMost,
        MillisBehindLatest,
      );
      const rest = await readUntil(t, NextShardIterator ?? '', 1);
      t.same(
        'the rest',
        rest.records.map(({ Data }) => text(Data)),
        ['r1'],
      );
      const caughtUp = await t.eventually('MillisBehindLatest is 0', async () => {
        const answer = await readOnce(t, rest.last.NextShardIterator ?? '');
        return answer.MillisBehindLatest === 0 ? 0 : undefined;
      });
      t.same('behind in the end', caughtUp, 0);
    },
  }),
  defineCase({
    name: 'GetRecords / records come in order, with instants that fit',
    operation: 'GetRecords',
    behaviour: 'success',
    expected:
      'increasing sequence numbers; arrivals between the first put and the last answer, to the millisecond',
    source: apiReference(
      'GetRecords',
      'Each Amazon Kinesis record includes a value, ApproximateArrivalTimestamp, that is set when a stream successfully receives and stores a record. ... The time stamp has millisecond precision.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const startedMs = performance.now();
      for (let index = 0; index < 8; index += 1) {
        await put(t, name, `r${index}`);
        await pause(t, 7);
      }
      const tookMs = performance.now() - startedMs;
      const { records } = await readShard(t, name, FIRST_SHARD, 8);
      t.holds('they increase', increases(records.map((one) => one.SequenceNumber)), records.length);
      t.same(
        'in the order in which they were put',
        records.map(({ Data }) => text(Data)),
        records.map((_record, index) => `r${index}`),
      );
      const arrivals = records.map((one) => one.ApproximateArrivalTimestamp?.getTime() ?? NaN);
      const span = Math.max(...arrivals) - Math.min(...arrivals);
      t.holds(
        `ms from first to last, at most ${tookMs.toFixed(0)}`,
        span <= tookMs + SLACK_MS,
        span,
      );
      t.holds(
        'they are not all of one second',
        arrivals.some((ms) => ms % 1_000 !== 0),
        arrivals,
      );
    },
  }),
  badIterator('an iterator that is none', { ShardIterator: 'AAAA' }, /^Invalid ShardIterator\.$/),
  badIterator('an empty iterator', { ShardIterator: '' }),
  badIterator('no iterator', {}),
  badIterator('an iterator of 513 characters', { ShardIterator: 'A'.repeat(513) }),
  defineRefusal({
    operation: 'GetRecords',
    behaviour: 'invalid-argument',
    title: 'an iterator of another stream than StreamARN',
    exception: BAD_PARAMETER,
    source: apiReference(
      'GetRecords',
      "InvalidArgumentException: A specified parameter exceeds its restrictions, is not supported, or can't be used.",
    ),
    async prepare(t) {
      const [mine, shared] = [await t.streams.make(), await t.sharedStream()];
      const ShardIterator = await iteratorAt(t, mine.name, LATEST);
      return () => t.kinesis.send(new GetRecordsCommand({ ShardIterator, StreamARN: shared.arn }));
    },
  }),
  defineRefusal({
    operation: 'GetRecords',
    behaviour: 'missing-resource',
    title: 'an iterator of a stream that was deleted',
    exception: 'ResourceNotFoundException',
    source: observedByKinesalite(
      'getRecords',
      "ResourceNotFoundException if shard or stream does not exist: 'Shard shardId-000000000000 in stream ' + stream.StreamName + ' under account ' + helpers.awsAccountId + ' does not exist'",
    ),
    async prepare(t) {
      const { name } = await t.streams.make();
      const ShardIterator = await iteratorAt(t, name, LATEST);
      await t.kinesis.send(new DeleteStreamCommand({ StreamName: name }));
      await t.streams.gone(name);
      return () => t.kinesis.send(new GetRecordsCommand({ ShardIterator }));
    },
  }),
  defineCase({
    name: 'GetRecords / an iterator of 5 minutes ago',
    operation: 'GetRecords',
    behaviour: 'limit',
    expected: 'ExpiredIteratorException',
    needs: { seconds: 330 },
    source: apiReference(
      'GetShardIterator',
      'A shard iterator expires 5 minutes after it is returned to the requester.',
    ),
    async run(t) {
      const { name } = await t.sharedStream();
      const ShardIterator = await iteratorAt(t, name, LATEST);
      await pause(t, 303_000);
      await t.refused('ExpiredIteratorException', () =>
        t.kinesis.send(new GetRecordsCommand({ ShardIterator })),
      );
    },
  }),
];
