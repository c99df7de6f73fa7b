import {
  PutRecordCommand,
  PutRecordsCommand,
  UpdateMaxRecordSizeCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { readShard } from '#server/conformance/kinesis/reading.ts';
import { BAD_PARAMETER, guide, observedInIssue } from '#server/conformance/kinesis/sources.ts';
import { bytes, entries, FIRST_SHARD } from '#server/conformance/kinesis/writing.ts';

const MIB = 1_048_576;
const OBSERVED = observedInIssue(
  'awslabs/amazon-kinesis-producer/issues/680',
  "ValidationException: 1 validation error detected: Value at 'records.1.member.data' failed to satisfy constraint: Member must have length less than or equal to 1048576.",
);
const TOTAL = apiReference(
  'PutRecords',
  'The record size limit applies to the total size of the partition key and data blob.',
);
const LARGE = guide(
  'large-records',
  "To start using large records in your stream, update your stream's maximum record size limit.",
);

function put(t: CaseTools, stream: string, dataBytes: number) {
  return t.kinesis.send(
    new PutRecordCommand({ StreamName: stream, PartitionKey: 'k', Data: bytes(dataBytes) }),
  );
}

async function raise(t: CaseTools, stream: { name: string; arn: string }, kib: number) {
  await t.kinesis.send(
    new UpdateMaxRecordSizeCommand({ StreamARN: stream.arn, MaxRecordSizeInKiB: kib }),
  );
  await t.streams.active(stream.name);
}

/** The size of a record: 1 MiB with its key where nothing else was set, up to 10 MiB where it was. */
export const recordSizeCases: readonly Case[] = [
  defineCase({
    name: 'PutRecord / a record of 1 MiB with its key',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: 'taken, and read back whole',
    source: TOTAL,
    async run(t) {
      const { name } = await t.streams.make();
      await put(t, name, MIB - 1);
      const { records } = await readShard(t, name, FIRST_SHARD, 1);
      t.same('bytes read', records[0]?.Data?.byteLength, MIB - 1);
    },
  }),
  defineCase({
    name: 'PutRecord / data of 1 MiB, and a key',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: BAD_PARAMETER.join(' or '),
    source: TOTAL,
    async run(t) {
      const { name } = await t.sharedStream();
      await t.refused(BAD_PARAMETER, () => put(t, name, MIB));
    },
  }),
  defineCase({
    name: 'PutRecord / data of 1 MiB and 1 byte',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: 'ValidationException, which names 1048576',
    source: OBSERVED,
    async run(t) {
      const { name } = await t.sharedStream();
      await t.refused('ValidationException', () => put(t, name, MIB + 1), /1048576/);
    },
  }),
  defineCase({
    name: 'PutRecords / one record above 1 MiB refuses the whole request',
    operation: 'PutRecords',
    behaviour: 'limit',
    expected: 'ValidationException, which names 1048576; nothing is written',
    source: OBSERVED,
    async run(t) {
      const { name } = await t.streams.make();
      const bad = entries(3, (index) => (index === 1 ? { Data: bytes(MIB + 1) } : {}));
      await t.refused(
        'ValidationException',
        () => t.kinesis.send(new PutRecordsCommand({ StreamName: name, Records: bad })),
        /1048576/,
      );
      await put(t, name, 3);
      const { records } = await readShard(t, name, FIRST_SHARD, 1);
      t.same(
        'sizes of the records there',
        records.map(({ Data }) => Data?.byteLength),
        [3],
      );
    },
  }),
  defineCase({
    name: 'PutRecord / a maximum of 2 MiB takes 2 MiB with the key',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: 'taken by bursting beyond 1 MiB/s, and read back whole',
    source: guide(
      'large-records',
      'Your stream accommodates large records by temporarily bursting beyond its sustained write throughput, then returning to its baseline rate over time.',
    ),
    async run(t) {
      const stream = await t.streams.make();
      await raise(t, stream, 2_048);
      await put(t, stream.name, 2 * MIB - 1);
      const { records } = await readShard(t, stream.name, FIRST_SHARD, 1);
      t.same('bytes read', records[0]?.Data?.byteLength, 2 * MIB - 1);
    },
  }),
  defineCase({
    name: 'PutRecord / a maximum of 2 MiB refuses more',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: BAD_PARAMETER.join(' or '),
    source: LARGE,
    async run(t) {
      const stream = await t.streams.make();
      await raise(t, stream, 2_048);
      await t.refused(BAD_PARAMETER, () => put(t, stream.name, 2 * MIB + 1));
    },
  }),
  defineCase({
    name: 'PutRecord / a maximum of 10 MiB takes 10 MiB with the key',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: 'taken, and read back whole',
    source: apiReference(
      'PutRecord',
      'When the data blob (the payload before base64-encoding) is added to the partition key size, the total size must not exceed the maximum record size (10 MiB).',
    ),
    async run(t) {
      const stream = await t.streams.make();
      await raise(t, stream, 10_240);
      await put(t, stream.name, 10 * MIB - 1);
      const { records } = await readShard(t, stream.name, FIRST_SHARD, 1);
      t.same('bytes read', records[0]?.Data?.byteLength, 10 * MIB - 1);
    },
  }),
  defineCase({
    name: 'PutRecord / a maximum of 10 MiB refuses more',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: BAD_PARAMETER.join(' or '),
    source: apiReference(
      'PutRecord',
      'When the data blob (the payload before base64-encoding) is added to the partition key size, the total size must not exceed the maximum record size (10 MiB).',
    ),
    async run(t) {
      const stream = await t.streams.make();
      await raise(t, stream, 10_240);
      await t.refused(BAD_PARAMETER, () => put(t, stream.name, 10 * MIB + 1));
    },
  }),
  defineCase({
    name: 'PutRecord / 10 MiB twice at once',
    operation: 'PutRecord',
    behaviour: 'limit',
    expected: 'one taken, one refused by ProvisionedThroughputExceededException',
    source: guide(
      'large-records',
      'When you send a large record, such as a 10 MiB record, the tank is temporarily depleted.',
    ),
    async run(t) {
      const stream = await t.streams.make();
      await raise(t, stream, 10_240);
      await put(t, stream.name, 10 * MIB - 1);
      await t.refused('ProvisionedThroughputExceededException', () =>
        put(t, stream.name, 10 * MIB - 1),
      );
    },
  }),
];
