import {
  type StartingPosition,
  SubscribeToShardCommand,
  type SubscribeToShardInput,
} from '@aws-sdk/client-kinesis';
import {
  apiReference,
  type Case,
  defineCase,
  defineRefusal,
  type Refused,
} from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { activeConsumer } from '#server/conformance/kinesis/consumers.ts';
import { HASH_KEYS } from '#server/conformance/kinesis/hash-keys.ts';
import { pause } from '#server/conformance/kinesis/pause.ts';
import { readShard } from '#server/conformance/kinesis/reading.ts';
import { merge, split } from '#server/conformance/kinesis/reshard.ts';
import { increases } from '#server/conformance/kinesis/sequence-number.ts';
import { BAD_PARAMETER, observedInIssue } from '#server/conformance/kinesis/sources.ts';
import { Subscription } from '#server/conformance/kinesis/subscription.ts';
import { FIRST_SHARD, put, putInTurn, text } from '#server/conformance/kinesis/writing.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

const SECOND = 'shardId-000000000001';
const THIRD = 'shardId-000000000002';
const HALF = HASH_KEYS / 2n;
const POSITIONS = apiReference(
  'StartingPosition',
  'AT_SEQUENCE_NUMBER: Start streaming from the position denoted by the sequence number specified in the SequenceNumber field. AFTER_SEQUENCE_NUMBER: Start streaming right after the position denoted by the sequence number specified in the SequenceNumber field. AT_TIMESTAMP: Start streaming from the position denoted by the time stamp specified in the Timestamp field. TRIM_HORIZON: Start streaming at the last untrimmed record in the shard, which is the oldest data record in the shard. LATEST: Start streaming just after the most recent record in the shard.',
);
const AGAIN = apiReference(
  'SubscribeToShard',
  "If you call SubscribeToShard again with the same ConsumerARN and ShardId within 5 seconds of a successful call, you'll get a ResourceInUseException. If you call SubscribeToShard 5 seconds or more after a successful call, the second call takes over the subscription and the previous connection expires or fails with a ResourceInUseException.",
);
const END = apiReference(
  'SubscribeToShardEvent',
  'ChildShards: The list of the child shards of the current shard, returned only at the end of the current shard.',
);
/** A little more than the 5 seconds for which a subscription cannot be taken over. */
const TAKE_OVER_MS = 5_200;
/** An idle subscription is kept alive by events without records; they were seen every 5 s at most. */
const IDLE_SECONDS = 10;

async function streamWithReader(t: CaseTools, shardCount = 1) {
  const { name, arn } = await t.streams.make({ ShardCount: shardCount });
  return { name, arn, consumer: await activeConsumer(t, arn) };
}

interface Put {
  readonly number: string;
  readonly arrival: Date;
}

/** What a subscription of this position gets of r0 to r3. */
function streams(
  title: string,
  expected: readonly string[],
  position: (records: readonly Put[]) => StartingPosition,
): Case {
  return defineCase({
    name: `SubscribeToShard / ${title}`,
    operation: 'SubscribeToShard',
    behaviour: 'iterator',
    expected: `of r0 to r3 it gets ${expected.join(', ')}, then a record put later`,
    source: POSITIONS,
    async run(t) {
      const { name, consumer } = await streamWithReader(t);
      for (let index = 0; index < 4; index += 1) {
        await put(t, name, `r${index}`);
        // So that their arrivals differ.
        await pause(t, 20);
      }
      const { records } = await readShard(t, name, FIRST_SHARD, 4);
      const all = records.map(({ SequenceNumber = '', ApproximateArrivalTimestamp }) => ({
        number: SequenceNumber,
        arrival: ApproximateArrivalTimestamp ?? new Date(NaN),
      }));
      const subscription = await Subscription.open(t, consumer, FIRST_SHARD, position(all));
      await put(t, name, 'later');
      const wanted = [...expected, 'later'];
      await subscription.untilRecords(wanted.length);
      t.same(
        'it gets',
        subscription.records.map(({ Data }) => text(Data)),
        wanted,
      );
    },
  });
}

/** The record at this place. */
function at(records: readonly Put[], index: number): Put {
  const found = records[index];
  if (found === undefined) throw new Error(`There is no record ${index}.`);
  return found;
}

function badSubscription(
  title: string,
  asked: (stream: { arn: string; consumer: string }) => Partial<SubscribeToShardInput>,
  {
    exception = BAD_PARAMETER,
    ...rest
  }: Pick<Refused, 'source'> & Partial<Pick<Refused, 'exception' | 'message' | 'behaviour'>>,
): Case {
  return defineRefusal({
    operation: 'SubscribeToShard',
    behaviour: 'invalid-argument',
    ...rest,
    title,
    exception,
    async prepare(t) {
      const stream = await streamWithReader(t);
      return () =>
        t.kinesis.send(
          new SubscribeToShardCommand({
            ConsumerARN: stream.consumer,
            ShardId: FIRST_SHARD,
            StartingPosition: { Type: 'LATEST' },
            ...asked(stream),
          }),
        );
    },
  });
}

/** SubscribeToShard, over whichever protocol the client of the run speaks. */
export const subscribeToShardCases: readonly Case[] = [
  defineCase({
    name: 'SubscribeToShard / an event has records, a number to go on from, and how far behind',
    operation: 'SubscribeToShard',
    behaviour: 'success',
    expected:
      'records whole and in order; ContinuationSequenceNumber not before the last; MillisBehindLatest 0 when caught up; no children',
    source: apiReference(
      'SubscribeToShardEvent',
      'Use ContinuationSequenceNumber for checkpointing because it captures your shard progress even when no data is written to the shard. ... The number of milliseconds the read records are from the tip of the stream, indicating how far behind current time the consumer is.',
    ),
    async run(t) {
      const { name, consumer } = await streamWithReader(t);
      const answers = await putInTurn(t, name, 5);
      const subscription = await Subscription.open(t, consumer, FIRST_SHARD, {
        Type: 'TRIM_HORIZON',
      });
      await subscription.untilRecords(5);
      const { records } = subscription;
      t.same(
        'data',
        records.map(({ Data }) => text(Data)),
        ['r0', 'r1', 'r2', 'r3', 'r4'],
      );
      t.same(
        'sequence numbers',
        records.map(({ SequenceNumber }) => SequenceNumber),
        answers.map(({ SequenceNumber }) => SequenceNumber),
      );
      t.same('the key', records[0]?.PartitionKey, 'key');
      t.holds(
        'it has the instant of its arrival',
        records[0]?.ApproximateArrivalTimestamp instanceof Date,
        records[0]?.ApproximateArrivalTimestamp,
      );
      const caughtUp =
        subscription.events.at(-1)?.MillisBehindLatest === 0
          ? subscription.events.at(-1)
          : await subscription.until(({ MillisBehindLatest }) => MillisBehindLatest === 0);
      t.same('behind', caughtUp?.MillisBehindLatest, 0);
      t.same('children', caughtUp?.ChildShards ?? [], []);
      const continuation = caughtUp?.ContinuationSequenceNumber;
      t.matches('the number to go on from', continuation, /^\d+$/);
      t.holds(
        'it is not before the last record',
        BigInt(continuation ?? '0') >= BigInt(records.at(-1)?.SequenceNumber ?? '0'),
        continuation,
      );
    },
  }),
  streams('TRIM_HORIZON', ['r0', 'r1', 'r2', 'r3'], () => ({ Type: 'TRIM_HORIZON' })),
  streams('LATEST', [], () => ({ Type: 'LATEST' })),
  streams('AT_SEQUENCE_NUMBER', ['r1', 'r2', 'r3'], (records) => ({
    Type: 'AT_SEQUENCE_NUMBER',
    SequenceNumber: at(records, 1).number,
  })),
  streams('AFTER_SEQUENCE_NUMBER', ['r2', 'r3'], (records) => ({
    Type: 'AFTER_SEQUENCE_NUMBER',
    SequenceNumber: at(records, 1).number,
  })),
  streams('AT_TIMESTAMP', ['r1', 'r2', 'r3'], (records) => ({
    Type: 'AT_TIMESTAMP',
    Timestamp: at(records, 1).arrival,
  })),
  defineCase({
    name: 'SubscribeToShard / AT_SEQUENCE_NUMBER of the start of the shard',
    operation: 'SubscribeToShard',
    behaviour: 'iterator',
    expected: 'every record, though none has this number',
    source: observedInIssue(
      'localstack/localstack/blob/master/tests/aws/services/kinesis/test_kinesis.py',
      'StartingPosition={"Type": "AT_SEQUENCE_NUMBER", "SequenceNumber": sequence_number} with the StartingSequenceNumber of the shard (marked as validated against AWS)',
    ),
    async run(t) {
      const { name, consumer } = await streamWithReader(t);
      const [shard] = await t.streams.shards(name);
      const subscription = await Subscription.open(t, consumer, FIRST_SHARD, {
        Type: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: shard?.SequenceNumberRange?.StartingSequenceNumber,
      });
      await putInTurn(t, name, 3);
      await subscription.untilRecords(3);
      t.same(
        'it gets',
        subscription.records.map(({ Data }) => text(Data)),
        ['r0', 'r1', 'r2'],
      );
    },
  }),
  defineCase({
    name: 'SubscribeToShard / goes on from ContinuationSequenceNumber without loss',
    operation: 'SubscribeToShard',
    behaviour: 'iterator',
    expected: 'a second consumer that starts AFTER it gets what was put later, and nothing twice',
    source: apiReference(
      'SubscribeToShardEvent',
      'Use this as SequenceNumber in the next call to SubscribeToShard, with StartingPosition set to AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER.',
    ),
    async run(t) {
      const { name, arn, consumer } = await streamWithReader(t);
      const other = await activeConsumer(t, arn, 'other');
      await putInTurn(t, name, 3);
      const first = await Subscription.open(t, consumer, FIRST_SHARD, { Type: 'TRIM_HORIZON' });
      const event = await first.untilRecords(3);
      await put(t, name, 'later');
      const second = await Subscription.open(t, other, FIRST_SHARD, {
        Type: 'AFTER_SEQUENCE_NUMBER',
        SequenceNumber: event?.ContinuationSequenceNumber,
      });
      await second.untilRecords(1);
      t.same(
        'it gets',
        second.records.map(({ Data }) => text(Data)),
        ['later'],
      );
    },
  }),
  defineCase({
    name: 'SubscribeToShard / an idle shard',
    operation: 'SubscribeToShard',
    behaviour: 'success',
    expected: `within ${IDLE_SECONDS} s an event without records, 0 ms behind, with a number to go on from`,
    source: apiReference(
      'SubscribeToShardEvent',
      'Use ContinuationSequenceNumber for checkpointing because it captures your shard progress even when no data is written to the shard.',
    ),
    async run(t) {
      const { consumer } = await streamWithReader(t);
      const subscription = await Subscription.open(t, consumer, FIRST_SHARD, { Type: 'LATEST' });
      const startedMs = performance.now();
      const event = await subscription.next();
      const seconds = (performance.now() - startedMs) / 1_000;
      t.holds('seconds until it comes', seconds <= IDLE_SECONDS, seconds);
      t.same('records', event?.Records, []);
      t.same('behind', event?.MillisBehindLatest, 0);
      t.matches('the number to go on from', event?.ContinuationSequenceNumber, /^\d+$/);
    },
  }),
  defineCase({
    name: 'SubscribeToShard / a closed shard: its records, its children, and the end',
    operation: 'SubscribeToShard',
    behaviour: 'lineage',
    expected:
      'records in order; both children in the last event, which has no number to go on from; then the end',
    source: END,
    async run(t) {
      const { name, consumer } = await streamWithReader(t);
      await putInTurn(t, name, 3);
      await split(t, name, FIRST_SHARD, HALF);
      const subscription = await Subscription.open(t, consumer, FIRST_SHARD, {
        Type: 'TRIM_HORIZON',
      });
      await subscription.toEnd();
      const { records, events } = subscription;
      t.same(
        'data',
        records.map(({ Data }) => text(Data)),
        ['r0', 'r1', 'r2'],
      );
      t.holds('in order', increases(records.map((one) => one.SequenceNumber)), records.length);
      const last = events.at(-1);
      t.same(
        'children of the last event',
        (last?.ChildShards ?? []).map(({ ShardId, ParentShards, HashKeyRange }) => [
          ShardId,
          ParentShards,
          HashKeyRange?.StartingHashKey,
          HashKeyRange?.EndingHashKey,
        ]),
        [
          [SECOND, [FIRST_SHARD], '0', `${HALF - 1n}`],
          [THIRD, [FIRST_SHARD], `${HALF}`, `${HASH_KEYS - 1n}`],
        ],
      );
      t.same(
        'children of those before',
        events.slice(0, -1).flatMap(({ ChildShards = [] }) => ChildShards),
        [],
      );
    },
  }),
  defineCase({
    name: 'SubscribeToShard / the last event of a closed shard has no number to go on from',
    operation: 'SubscribeToShard',
    behaviour: 'lineage',
    expected: 'ContinuationSequenceNumber missing',
    source: observedInIssue(
      'localstack/localstack/issues/3822',
      'the continuationSequenceNumber() should return null only in the case if the corresponding shard was involved in a resharding. (the KCL takes it for the end of the shard)',
    ),
    async run(t) {
      const { name, consumer } = await streamWithReader(t);
      await split(t, name, FIRST_SHARD, HALF);
      const subscription = await Subscription.open(t, consumer, FIRST_SHARD, { Type: 'LATEST' });
      await subscription.toEnd();
      const last = subscription.events.at(-1);
      t.same('events with children', (last?.ChildShards ?? []).length, 2);
      t.same('the number to go on from', last?.ContinuationSequenceNumber, undefined);
    },
  }),
  defineCase({
    name: 'SubscribeToShard / a shard that is merged while it is subscribed to',
    operation: 'SubscribeToShard',
    behaviour: 'lineage',
    expected: 'what was put before, then the child with both parents, then the end',
    source: END,
    async run(t) {
      const { name, consumer } = await streamWithReader(t, 2);
      const subscription = await Subscription.open(t, consumer, FIRST_SHARD, { Type: 'LATEST' });
      await put(t, name, 'before', 0n);
      await merge(t, name, FIRST_SHARD, SECOND);
      await subscription.toEnd();
      t.same(
        'data',
        subscription.records.map(({ Data }) => text(Data)),
        ['before'],
      );
      const children = subscription.events.at(-1)?.ChildShards ?? [];
      t.same(
        'children',
        children.map(({ ShardId, ParentShards }) => [ShardId, ParentShards?.toSorted()]),
        [[THIRD, [FIRST_SHARD, SECOND]]],
      );
    },
  }),
  defineCase({
    name: 'SubscribeToShard / a second time at once',
    operation: 'SubscribeToShard',
    behaviour: 'wrong-state',
    expected: 'ResourceInUseException; the first goes on',
    source: AGAIN,
    async run(t) {
      const { name, consumer } = await streamWithReader(t);
      const first = await Subscription.open(t, consumer, FIRST_SHARD, { Type: 'TRIM_HORIZON' });
      await t.refused('ResourceInUseException', async () => {
        const second = await Subscription.open(t, consumer, FIRST_SHARD, { Type: 'TRIM_HORIZON' });
        // Some endpoints accept, and carry the exception in the first event.
        await second.next();
      });
      await put(t, name, 'r0');
      await first.untilRecords(1);
      t.same(
        'the first gets',
        first.records.map(({ Data }) => text(Data)),
        ['r0'],
      );
    },
  }),
  defineCase({
    name: 'SubscribeToShard / a second time after 5 seconds takes over',
    operation: 'SubscribeToShard',
    behaviour: 'wrong-state',
    expected: 'the second gets what comes; the first ends, or fails by ResourceInUseException',
    source: AGAIN,
    async run(t) {
      const { name, consumer } = await streamWithReader(t);
      const first = await Subscription.open(t, consumer, FIRST_SHARD, { Type: 'LATEST' });
      await pause(t, TAKE_OVER_MS);
      const second = await Subscription.open(t, consumer, FIRST_SHARD, { Type: 'LATEST' });
      await put(t, name, 'r0');
      const firstsEnd = first.toEnd().then(
        () => 'ended',
        (error: unknown) => {
          const refusal = asRefusal(error);
          if (refusal === undefined) throw error;
          return refusal.name;
        },
      );
      const [, firstEnded] = await Promise.all([second.untilRecords(1), firstsEnd]);
      t.same(
        'the second gets',
        second.records.map(({ Data }) => text(Data)),
        ['r0'],
      );
      t.matches('the first', firstEnded, /^(ended|ResourceInUseException)$/);
      t.same('records of the first', first.records.length, 0);
    },
  }),
  defineCase({
    name: 'SubscribeToShard / two consumers of a shard, and one of two shards, at once',
    operation: 'SubscribeToShard',
    behaviour: 'success',
    expected: 'each gets what is put into its shard',
    source: apiReference(
      'SubscribeToShard',
      'if you have a 4000 shard stream and two registered stream consumers, you can make one SubscribeToShard request per second for each combination of shard and registered consumer',
    ),
    async run(t) {
      const { name, arn, consumer } = await streamWithReader(t, 2);
      const other = await activeConsumer(t, arn, 'other');
      const latest = { Type: 'LATEST' } as const;
      const open = [
        await Subscription.open(t, consumer, FIRST_SHARD, latest),
        await Subscription.open(t, consumer, SECOND, latest),
        await Subscription.open(t, other, FIRST_SHARD, latest),
      ];
      await put(t, name, 'left', 0n);
      await put(t, name, 'right', HASH_KEYS - 1n);
      await Promise.all(open.map((one) => one.untilRecords(1)));
      t.same(
        'they get',
        open.map(({ records }) => records.map(({ Data }) => text(Data))),
        [['left'], ['right'], ['left']],
      );
    },
  }),
  badSubscription(
    'a consumer that there is not',
    ({ consumer }) => ({ ConsumerARN: consumer.replace('/reader:', '/nobody:') }),
    {
      behaviour: 'missing-resource',
      exception: 'ResourceNotFoundException',
      source: apiReference(
        'SubscribeToShard',
        'ResourceNotFoundException: The requested resource could not be found. The stream might not be specified correctly.',
      ),
    },
  ),
  badSubscription('a shard that there is not', () => ({ ShardId: 'shardId-000000000005' }), {
    behaviour: 'missing-resource',
    exception: 'ResourceNotFoundException',
    source: apiReference(
      'SubscribeToShard',
      'ResourceNotFoundException: The requested resource could not be found. The stream might not be specified correctly.',
    ),
  }),
  badSubscription(
    'the ARN of the stream for that of a consumer',
    ({ arn }) => ({ ConsumerARN: arn }),
    {
      source: apiReference(
        'SubscribeToShard',
        'ConsumerARN: Pattern: ^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+',
      ),
    },
  ),
  ...(['ConsumerARN', 'ShardId', 'StartingPosition'] as const).map((member) =>
    badSubscription(`no ${member}`, () => ({ [member]: undefined }), {
      source: apiReference('SubscribeToShard', `${member}: Required: Yes`),
    }),
  ),
  badSubscription(
    'AT_SEQUENCE_NUMBER without a number',
    () => ({ StartingPosition: { Type: 'AT_SEQUENCE_NUMBER' } }),
    {
      source: apiReference(
        'StartingPosition',
        'To specify a sequence number, set StartingPosition to AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER.',
      ),
    },
  ),
  badSubscription(
    'AT_TIMESTAMP without a time',
    () => ({ StartingPosition: { Type: 'AT_TIMESTAMP' } }),
    {
      source: apiReference(
        'StartingPosition',
        'To specify a time stamp, set StartingPosition to Type AT_TIMESTAMP.',
      ),
    },
  ),
  defineRefusal({
    operation: 'SubscribeToShard',
    behaviour: 'invalid-argument',
    title: 'the sequence number of another shard',
    exception: 'InvalidArgumentException',
    message:
      /^Invalid StartingSequenceNumber\. It encodes shardId-000000000001, while it was used in a call to a shard with shardId-000000000000/,
    source: observedInIssue(
      'awslabs/amazon-kinesis-client/issues/391',
      'InvalidArgumentException: Invalid StartingSequenceNumber. It encodes shardId-000000000438, while it was used in a call to a shard with shardId-000000000488 (Service: Kinesis, Status Code: 400',
    ),
    async prepare(t) {
      const { name, consumer } = await streamWithReader(t, 2);
      const { SequenceNumber } = await put(t, name, 'x', HASH_KEYS - 1n);
      return () =>
        Subscription.open(t, consumer, FIRST_SHARD, { Type: 'AT_SEQUENCE_NUMBER', SequenceNumber });
    },
  }),
];
