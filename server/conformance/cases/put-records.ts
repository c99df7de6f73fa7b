import {
  PutRecordsCommand,
  type PutRecordsCommandOutput,
  type PutRecordsRequestEntry,
} from '@aws-sdk/client-kinesis';
import {
  apiReference,
  type Case,
  defineCase,
  defineRefusal,
  type Refused,
} from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { HASH_KEYS, hashKeyOf, shardFor } from '#server/conformance/kinesis/hash-keys.ts';
import { readShard } from '#server/conformance/kinesis/reading.ts';
import { increases } from '#server/conformance/kinesis/sequence-number.ts';
import { BAD_PARAMETER, observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { entries, FIRST_SHARD, text } from '#server/conformance/kinesis/writing.ts';

const LIMITS = apiReference(
  'PutRecords',
  'Each PutRecords request can support up to 500 records. Each record in the request can be as large as 10 MiB, up to a limit of 10 MiB for the entire request, including partition keys.',
);
const REQUEST_BYTES = 10 * 1_048_576;

function send(
  t: CaseTools,
  stream: string,
  records: PutRecordsRequestEntry[] | undefined,
): Promise<PutRecordsCommandOutput> {
  return t.kinesis.send(new PutRecordsCommand({ StreamName: stream, Records: records }));
}

function badRequest(
  title: string,
  records: () => PutRecordsRequestEntry[] | undefined,
  refusal: Pick<Refused, 'source' | 'message'> & Partial<Pick<Refused, 'exception' | 'behaviour'>>,
): Case {
  return defineRefusal({
    operation: 'PutRecords',
    behaviour: 'invalid-argument',
    exception: BAD_PARAMETER,
    ...refusal,
    title,
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => send(t, name, records());
    },
  });
}

/** Twenty records that are, with their keys of one character, so many bytes. */
function bytesInAll(total: number): PutRecordsRequestEntry[] {
  const each = Math.floor(total / 20);
  return entries(20, (index) => ({
    PartitionKey: String.fromCharCode(0x61 + index),
    Data: new Uint8Array(each - 1 + (index === 0 ? total - each * 20 : 0)),
  }));
}

/** PutRecords; sizes of records and rates have files of their own. */
export const putRecordsCases: readonly Case[] = [
  defineCase({
    name: 'PutRecords / one result for each record, in their order, each in the shard of its key',
    operation: 'PutRecords',
    behaviour: 'success',
    expected: 'as many results, FailedRecordCount 0, the shard whose range has the MD5 of the key',
    source: apiReference(
      'PutRecords',
      'Each record in the response array directly correlates with a record in the request array using natural ordering, from the top to the bottom of the request and response. The response Records array always includes the same number of records as the request array.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      const shards = await t.streams.shards(name);
      const sent = entries(60);
      const { Records = [], FailedRecordCount } = await send(t, name, sent);
      t.same('failed', FailedRecordCount, 0);
      t.same(
        'shards',
        Records.map(({ ShardId }) => ShardId),
        sent.map(({ PartitionKey = '' }) => shardFor(shards, hashKeyOf(PartitionKey))?.ShardId),
      );
      for (const { ShardId = '' } of shards) {
        const mine = Records.filter((result) => result.ShardId === ShardId);
        const { records } = await readShard(t, name, ShardId, mine.length);
        t.same(
          `what ${ShardId} holds`,
          records.map(({ SequenceNumber }) => SequenceNumber).sort(),
          mine.map(({ SequenceNumber }) => SequenceNumber).sort(),
        );
        const dataOf = new Map(
          sent.map((entry, index) => [Records[index]?.SequenceNumber, text(entry.Data)]),
        );
        t.same(
          `data in ${ShardId}`,
          records.map(({ Data }) => text(Data)),
          records.map(({ SequenceNumber }) => dataOf.get(SequenceNumber)),
        );
      }
    },
  }),
  defineCase({
    name: 'PutRecords / 500 records',
    operation: 'PutRecords',
    behaviour: 'limit',
    expected: '500 results, none failed, increasing sequence numbers in the one shard',
    source: LIMITS,
    async run(t) {
      const { name } = await t.streams.make();
      const { Records = [], FailedRecordCount } = await send(t, name, entries(500));
      t.same('results', Records.length, 500);
      t.same('failed', FailedRecordCount, 0);
      const { records } = await readShard(t, name, FIRST_SHARD, 500);
      t.same('read', records.length, 500);
      t.holds(
        'the sequence numbers read increase',
        increases(records.map(({ SequenceNumber }) => SequenceNumber)),
        records.length,
      );
      t.same('different ones', new Set(Records.map((one) => one.SequenceNumber)).size, 500);
    },
  }),
  badRequest('501 records', () => entries(501), { behaviour: 'limit', source: LIMITS }),
  badRequest('no record', () => [], {
    exception: 'ValidationException',
    message: /records.*Member must have length greater than or equal to 1/,
    source: observedByKinesalite(
      'putRecords',
      "Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
  }),
  badRequest('Records missing', () => undefined, {
    source: observedByKinesalite(
      'putRecords',
      "Value null at 'records' failed to satisfy constraint: Member must not be null",
    ),
  }),
  badRequest(
    'one key of 257 characters',
    () => [...entries(2), ...entries(1, () => ({ PartitionKey: 'k'.repeat(257) }))],
    {
      source: apiReference(
        'PutRecordsRequestEntry',
        'Partition keys are Unicode strings with a maximum length limit of 256 characters for each key.',
      ),
    },
  ),
  badRequest('one record without a key', () => entries(2, () => ({ PartitionKey: undefined })), {
    source: apiReference(
      'PutRecordsRequestEntry',
      'If the stream uses the USER_PARTITION_KEY record distribution strategy (the default), a partition key is required for each record.',
    ),
  }),
  defineCase({
    name: 'PutRecords / one bad ExplicitHashKey refuses the whole request',
    operation: 'PutRecords',
    behaviour: 'invalid-argument',
    expected: 'InvalidArgumentException or ValidationException; nothing is written',
    source: apiReference(
      'PutRecords',
      'ErrorCode reflects the type of error and can be one of the following values: ProvisionedThroughputExceededException or InternalFailure.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const bad = entries(3, (index) =>
        index === 1 ? { ExplicitHashKey: HASH_KEYS.toString() } : {},
      );
      await t.refused(BAD_PARAMETER, () => send(t, name, bad));
      const { Records = [] } = await send(
        t,
        name,
        entries(1, () => ({ Data: Buffer.from('x') })),
      );
      const { records } = await readShard(t, name, FIRST_SHARD, Records.length);
      t.same(
        'the records there',
        records.map(({ Data }) => text(Data)),
        ['x'],
      );
    },
  }),
  defineCase({
    name: 'PutRecords / a request of 10 MiB with its keys is taken',
    operation: 'PutRecords',
    behaviour: 'limit',
    expected: '20 results, of which some may be throttled',
    source: LIMITS,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      const { Records = [], FailedRecordCount } = await send(t, name, bytesInAll(REQUEST_BYTES));
      t.same('results', Records.length, 20);
      const failed = Records.filter(({ ErrorCode }) => ErrorCode !== undefined);
      t.same('FailedRecordCount', FailedRecordCount, failed.length);
      t.same(
        'why',
        [...new Set(failed.map(({ ErrorCode }) => ErrorCode))],
        failed.length === 0 ? [] : ['ProvisionedThroughputExceededException'],
      );
      t.holds('some are written', failed.length < 20, `${failed.length} of 20 failed`);
    },
  }),
  badRequest('10 MiB and 1 byte', () => bytesInAll(REQUEST_BYTES + 1), {
    behaviour: 'limit',
    exception: 'InvalidArgumentException',
    source: {
      url: 'https://github.com/snowplow/enrich/issues/685',
      quote:
        'InvalidArgumentException: Records size exceeds 5 MB limit (when 5 MB was the limit which is 10 MiB now)',
    },
  }),
  defineCase({
    name: 'PutRecords / ExplicitHashKey wins over the key',
    operation: 'PutRecords',
    behaviour: 'routing',
    expected: 'each record in the shard of its ExplicitHashKey',
    source: apiReference(
      'PutRecords',
      'Each record in the Records array may include an optional parameter, ExplicitHashKey, which overrides the partition key to shard mapping.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      const wanted = entries(8, (index) => ({
        PartitionKey: 'same key',
        ExplicitHashKey: (index % 2 === 0 ? 0n : HASH_KEYS - 1n).toString(),
      }));
      const { Records = [] } = await send(t, name, wanted);
      t.same(
        'shards',
        Records.map(({ ShardId }) => ShardId),
        wanted.map((_entry, index) => `shardId-00000000000${index % 2}`),
      );
    },
  }),
];
