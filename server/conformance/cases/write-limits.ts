import {
  PutRecordCommand,
  PutRecordsCommand,
  type PutRecordsResultEntry,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { HASH_KEYS } from '#server/conformance/kinesis/hash-keys.ts';
import { readShard } from '#server/conformance/kinesis/reading.ts';
import { increases } from '#server/conformance/kinesis/sequence-number.ts';
import { guide, observedInIssue } from '#server/conformance/kinesis/sources.ts';
import { bytes, entries, FIRST_SHARD, put } from '#server/conformance/kinesis/writing.ts';
import { NotApplicableError } from '#server/conformance/not-applicable.ts';
import { asRefusal, describeRefusal } from '#server/conformance/refusal.ts';

const PER_SECOND = guide(
  'service-sizes-and-limits',
  'Each shard can support up to 1,000 records per second for writes, up to a maximum total data write rate of 1 MB per second (including partition keys).',
);
const PARTIAL = observedInIssue(
  'mhart/kinesalite/pull/87',
  "ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Rate exceeded for shard shardId-000000000000 in stream __kinesalite_test_415476646818213 under account XXXXXXXXXXX.'",
);
const RATE_EXCEEDED =
  /^Rate exceeded for shard shardId-000000000000 in stream \S+ under account \d{12}\.$/;
const RECORDS_PER_SECOND = 1_000;
const BYTES_PER_SECOND = 1_048_576;

interface Burst {
  readonly results: readonly PutRecordsResultEntry[];
  readonly accepted: readonly PutRecordsResultEntry[];
  readonly failed: readonly PutRecordsResultEntry[];
  /** What the answers themselves say. */
  readonly failedCount: number;
  readonly seconds: number;
}

/** So many PutRecords at once into the first shard. */
async function burst(
  t: CaseTools,
  stream: string,
  calls: number,
  make: Parameters<typeof entries>,
): Promise<Burst> {
  const startedMs = performance.now();
  const answers = await Promise.all(
    Array.from({ length: calls }, () =>
      t.kinesis.send(new PutRecordsCommand({ StreamName: stream, Records: entries(...make) })),
    ),
  );
  const results = answers.flatMap(({ Records = [] }) => Records);
  return {
    results,
    accepted: results.filter(({ ErrorCode }) => ErrorCode === undefined),
    failed: results.filter(({ ErrorCode }) => ErrorCode !== undefined),
    failedCount: answers.reduce((sum, { FailedRecordCount = 0 }) => sum + FailedRecordCount, 0),
    seconds: (performance.now() - startedMs) / 1_000,
  };
}

/**
 * A burst says something only if it was quick: what was sent must be more than a full second's worth and what comes in
 * while it lasts.
 *
 * @throws {NotApplicableError} over a slow line, or on a busy machine
 */
function mustExceed({ seconds }: Burst, sent: number, perSecond: number): void {
  if (sent > perSecond * (seconds + 1.1)) return;
  throw new NotApplicableError(`the burst took ${seconds.toFixed(1)} s: too long to be one`);
}

/**
 * What a shard may have accepted at most in such a time: a second's worth at once, what comes in while the burst
 * lasts, and another second for those parts of AWS that count apart.
 */
function mostIn(seconds: number, perSecond: number): number {
  return perSecond * (seconds + 2);
}

/** The rates of one shard, tried well above them, since nobody promises where exactly they begin. */
export const writeLimitCases: readonly Case[] = [
  defineCase({
    name: 'PutRecords / 5,000 records at once on one shard: some are throttled, the others are kept',
    operation: 'PutRecords',
    behaviour: 'limit',
    expected:
      'ProvisionedThroughputExceededException in their places, with account, stream and shard; the others are read',
    source: PARTIAL,
    async run(t) {
      const { name } = await t.streams.make();
      const seen = await burst(t, name, 10, [500]);
      mustExceed(seen, 5_000, RECORDS_PER_SECOND);
      t.holds('some are throttled', seen.failed.length > 0, `${seen.failed.length} of 5000`);
      t.same('FailedRecordCount', seen.failedCount, seen.failed.length);
      t.same(
        'why',
        [...new Set(seen.failed.map(({ ErrorCode }) => ErrorCode))],
        ['ProvisionedThroughputExceededException'],
      );
      t.matches('the message', seen.failed[0]?.ErrorMessage, RATE_EXCEEDED);
      t.same(
        'sequence numbers of those',
        seen.failed.filter(({ SequenceNumber, ShardId }) => SequenceNumber ?? ShardId).length,
        0,
      );
      const { length } = seen.accepted;
      t.holds('at least most of a second is accepted', length >= 0.9 * RECORDS_PER_SECOND, length);
      t.holds(
        `at most what ${seen.seconds.toFixed(1)} s allow`,
        length <= mostIn(seen.seconds, RECORDS_PER_SECOND),
        length,
      );
      const { records } = await readShard(t, name, FIRST_SHARD, length);
      const numbers = records.map(({ SequenceNumber }) => SequenceNumber);
      t.same(
        'read as accepted',
        new Set(numbers),
        new Set(seen.accepted.map((one) => one.SequenceNumber)),
      );
      t.holds('in the order of their numbers', increases(numbers), numbers.slice(0, 2));
    },
  }),
  defineCase({
    name: 'PutRecords / 8 MiB at once on one shard: bytes are limited too',
    operation: 'PutRecords',
    behaviour: 'limit',
    expected:
      'some records throttled, though they are 160; at most what 1 MiB/s allows is accepted',
    source: PER_SECOND,
    async run(t) {
      const { name } = await t.streams.make();
      const size = 52_429;
      const seen = await burst(t, name, 8, [
        20,
        () => ({ PartitionKey: 'k', Data: bytes(size - 1) }),
      ]);
      mustExceed(seen, seen.results.length * size, BYTES_PER_SECOND);
      t.holds('some are throttled', seen.failed.length > 0, `${seen.failed.length} of 160`);
      t.same(
        'why',
        [...new Set(seen.failed.map(({ ErrorCode }) => ErrorCode))],
        ['ProvisionedThroughputExceededException'],
      );
      const accepted = seen.accepted.length * size;
      t.holds(
        'at least most of a second is accepted',
        accepted >= 0.9 * BYTES_PER_SECOND,
        accepted,
      );
      t.holds(
        `at most what ${seen.seconds.toFixed(1)} s allow`,
        accepted <= mostIn(seen.seconds, BYTES_PER_SECOND),
        accepted,
      );
    },
  }),
  defineCase({
    name: 'PutRecords / the bytes of keys count',
    operation: 'PutRecords',
    behaviour: 'limit',
    // It has to be done within half a second, so nobody may be in its way.
    exclusive: true,
    expected:
      '950 records at once are throttled which are below 1 MiB without their keys, and 1.7 MiB with them',
    source: PER_SECOND,
    async run(t) {
      const { name } = await t.streams.make();
      const seen = await burst(t, name, 2, [
        475,
        () => ({ PartitionKey: '€'.repeat(256), Data: bytes(1_090) }),
      ]);
      mustExceed(seen, 950 * (768 + 1_090), BYTES_PER_SECOND);
      t.holds(
        `some are throttled within ${seen.seconds.toFixed(1)} s`,
        seen.failed.length > 0,
        `${seen.failed.length} of 950`,
      );
    },
  }),
  defineCase({
    name: 'PutRecords / a flood of one shard leaves the other alone',
    operation: 'PutRecords',
    behaviour: 'limit',
    expected: 'records for the second shard are accepted while those for the first are throttled',
    source: PER_SECOND,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      const seen = await burst(t, name, 8, [
        500,
        (index) => ({ ExplicitHashKey: (index % 100 === 0 ? HASH_KEYS - 1n : 0n).toString() }),
      ]);
      const second = seen.results.filter((_result, index) => index % 100 === 0);
      mustExceed(seen, 3_960, RECORDS_PER_SECOND);
      t.holds('the first is throttled', seen.failed.length > 0, `${seen.failed.length} of 4000`);
      t.same(
        'shards of the second',
        [...new Set(second.map(({ ShardId }) => ShardId))],
        ['shardId-000000000001'],
      );
    },
  }),
  defineCase({
    name: 'PutRecord / 1 MiB eight times at once on one shard',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: 'some taken, some refused by ProvisionedThroughputExceededException',
    source: apiReference(
      'PutRecord',
      'If a PutRecord request cannot be processed because of insufficient provisioned throughput on the shard involved in the request, PutRecord throws ProvisionedThroughputExceededException.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const seen = await Promise.allSettled(
        Array.from({ length: 8 }, () =>
          t.kinesis.send(
            new PutRecordCommand({
              StreamName: name,
              PartitionKey: 'k',
              Data: bytes(BYTES_PER_SECOND - 1),
            }),
          ),
        ),
      );
      const refusals = seen.flatMap((one) => {
        if (one.status === 'fulfilled') return [];
        const refusal = asRefusal(one.reason);
        if (refusal === undefined) throw one.reason;
        return [refusal];
      });
      t.holds('some are refused', refusals.length > 0, `${refusals.length} of 8`);
      t.holds('some are taken', refusals.length < 8, `${8 - refusals.length} of 8`);
      for (const refusal of refusals.slice(0, 1)) {
        t.same('by', refusal.name, 'ProvisionedThroughputExceededException');
        t.matches('in words', describeRefusal(refusal), /\(400\): Rate exceeded for shard/);
      }
    },
  }),
  defineCase({
    name: 'PutRecords / the shard accepts again when a second has passed',
    operation: 'PutRecords',
    behaviour: 'limit',
    expected: 'a record is taken soon after a throttled burst',
    source: PER_SECOND,
    async run(t) {
      const { name } = await t.streams.make();
      const seen = await burst(t, name, 8, [500]);
      mustExceed(seen, 4_000, RECORDS_PER_SECOND);
      t.holds('some are throttled', seen.failed.length > 0, `${seen.failed.length} of 4000`);
      const { ShardId } = await put(t, name, 'later');
      t.same('the shard of a later one', ShardId, FIRST_SHARD);
    },
  }),
];
