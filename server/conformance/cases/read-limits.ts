import {
  type _Record,
  GetRecordsCommand,
  PutRecordCommand,
  UpdateMaxRecordSizeCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import {
  iteratorAt,
  type Reading,
  readOnce,
  readUntil,
  withinTheShardsRate,
} from '#server/conformance/kinesis/reading.ts';
import { observedInIssue } from '#server/conformance/kinesis/sources.ts';
import { bytes, FIRST_SHARD } from '#server/conformance/kinesis/writing.ts';
import { NotApplicableError } from '#server/conformance/not-applicable.ts';
import { asRefusal, type Refusal } from '#server/conformance/refusal.ts';

const MIB = 1_048_576;
const EXCEEDED = 'ProvisionedThroughputExceededException';
/** The words of 2015 to 2019, and those of 2023 and later. */
const RATE_EXCEEDED =
  /^Rate exceeded for (shard shardId-000000000000 in stream \S+ under account \d{12}\.|Shard - \d{12}\/\S+\/shardId-000000000000)$/;
const TOO_MUCH = apiReference(
  'GetRecords',
  'The maximum size of data that GetRecords can return is 10 MiB. If a call returns this amount of data, subsequent calls made within the next 5 seconds throw ProvisionedThroughputExceededException. If there is insufficient provisioned throughput on the stream, subsequent calls made within the next 1 second throw ProvisionedThroughputExceededException.',
);
const TRIM_HORIZON = { ShardId: FIRST_SHARD, ShardIteratorType: 'TRIM_HORIZON' } as const;

/**
 * A limit for some seconds can be tried only by who is quicker.
 *
 * @throws {NotApplicableError} over a slow line, or on a busy machine
 */
function mustBeWithin(limitSeconds: number, seconds: number, what: string): void {
  if (seconds < 0.8 * limitSeconds) return;
  throw new NotApplicableError(`${what} took ${seconds.toFixed(1)} s: too long for this limit`);
}

/**
 * Reads one answer quickly enough for what comes after it to fall into the limit; the same iterator is read again
 * where that fails.
 *
 * @throws {NotApplicableError} where no attempt was quick
 */
async function quickRead(t: CaseTools, iterator: string, limitSeconds: number): Promise<Reading> {
  let reading = await readUntil(t, iterator, 1);
  for (let attempt = 2; attempt <= 3 && reading.lastSeconds >= 0.8 * limitSeconds; attempt += 1) {
    reading = await readUntil(t, iterator, 1);
  }
  mustBeWithin(limitSeconds, reading.lastSeconds, 'the large answer');
  return reading;
}

/** Sends so many at once; which of them were refused. */
async function refusalsOf(count: number, send: () => Promise<unknown>): Promise<Refusal[]> {
  const seen = await Promise.allSettled(Array.from({ length: count }, send));
  return seen.flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    const refusal = asRefusal(one.reason);
    if (refusal === undefined) throw one.reason;
    return [refusal];
  });
}

async function streamOfLargeRecords(t: CaseTools, kib: number, sizes: readonly number[]) {
  const { name, arn } = await t.streams.make();
  await t.kinesis.send(new UpdateMaxRecordSizeCommand({ StreamARN: arn, MaxRecordSizeInKiB: kib }));
  await t.streams.active(name);
  for (const size of sizes) {
    await withinTheShardsRate(t, () =>
      t.kinesis.send(
        new PutRecordCommand({ StreamName: name, PartitionKey: 'k', Data: bytes(size - 1) }),
      ),
    );
  }
  return name;
}

/** How often and how much a shard may be read. */
export const readLimitCases: readonly Case[] = [
  defineCase({
    name: 'GetRecords / 30 calls at once on one shard',
    operation: 'GetRecords',
    behaviour: 'limit',
    expected: `at least 5 answered, others refused by ${EXCEEDED}`,
    source: observedInIssue(
      'rclark/kinesis-readable/issues/4',
      'ProvisionedThroughputExceededException: Rate exceeded for shard shardId-000000000000 in stream xxxxxx under account xxxxxxxxxxxx.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const ShardIterator = await iteratorAt(t, name, TRIM_HORIZON);
      const started = performance.now();
      const refusals = await refusalsOf(30, () =>
        t.kinesis.send(new GetRecordsCommand({ ShardIterator })),
      );
      const seconds = (performance.now() - started) / 1_000;
      mustBeWithin(5, seconds, 'the 30 calls');
      const answered = 30 - refusals.length;
      t.holds('at least 5 are answered', answered >= 5, answered);
      t.holds(
        `at most what ${seconds.toFixed(1)} s allow`,
        answered <= 5 * (seconds + 2),
        answered,
      );
      t.same('the others by', [...new Set(refusals.map((one) => one.name))], [EXCEEDED]);
      t.matches('in words', refusals[0]?.message, RATE_EXCEEDED);
    },
  }),
  defineCase({
    name: 'GetRecords / 4 MiB in one answer: the next call within a second is refused',
    operation: 'GetRecords',
    behaviour: 'limit',
    expected: `4 MiB, then ${EXCEEDED}, later an answer again`,
    source: TOO_MUCH,
    async run(t) {
      const name = await streamOfLargeRecords(t, 4_096, [4 * MIB]);
      const iterator = await iteratorAt(t, name, TRIM_HORIZON);
      const { records, last } = await quickRead(t, iterator, 1);
      const { NextShardIterator = '' } = last;
      t.same(
        'sizes read',
        records.map(({ Data }) => Data?.byteLength),
        [4 * MIB - 1],
      );
      await t.refused(EXCEEDED, () =>
        t.kinesis.send(new GetRecordsCommand({ ShardIterator: NextShardIterator })),
      );
      const later = await readOnce(t, NextShardIterator);
      t.same('later', later.Records, []);
    },
  }),
  defineCase({
    name: 'GetRecords / one answer has 10 MiB at most, and the calls of 5 s after it are refused',
    operation: 'GetRecords',
    behaviour: 'limit',
    expected: `of 512 KiB and 10 MiB first the 512 KiB, then the 10 MiB, then ${EXCEEDED}, after more than 3 s an answer`,
    source: TOO_MUCH,
    async run(t) {
      const name = await streamOfLargeRecords(t, 10_240, [MIB / 2, 10 * MIB]);
      const first = await readUntil(t, await iteratorAt(t, name, TRIM_HORIZON), 1);
      const sizes = (records: readonly _Record[]) => records.map(({ Data }) => Data?.byteLength);
      t.same('sizes of the first answer', sizes(first.records), [MIB / 2 - 1]);
      // 5 s from when it is answered there: what remains must still be more than the 3 s that are asked for.
      const { records, last } = await quickRead(t, first.last.NextShardIterator ?? '', 2);
      const answered = performance.now();
      t.same('sizes of the second answer', sizes(records), [10 * MIB - 1]);
      const { NextShardIterator = '' } = last;
      await t.refused(EXCEEDED, () =>
        t.kinesis.send(new GetRecordsCommand({ ShardIterator: NextShardIterator })),
      );
      const later = await readOnce(t, NextShardIterator);
      const seconds = (performance.now() - answered) / 1_000;
      t.holds('seconds until the next answer, more than 3', seconds > 3, seconds);
      t.same('records of the next answer', later.Records, []);
    },
  }),
];
