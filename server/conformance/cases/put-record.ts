import {
  PutRecordCommand,
  type PutRecordInput,
  StartStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis';
import {
  apiReference,
  type Case,
  defineCase,
  defineRefusal,
  type Refused,
} from '#server/conformance/case.ts';
import { HASH_KEYS } from '#server/conformance/kinesis/hash-keys.ts';
import { readShard } from '#server/conformance/kinesis/reading.ts';
import { increases } from '#server/conformance/kinesis/sequence-number.ts';
import { BAD_PARAMETER, observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { FIRST_SHARD, hex, put, text } from '#server/conformance/kinesis/writing.ts';

const KEY_LENGTH = apiReference(
  'PutRecord',
  'Partition keys are Unicode strings, with a maximum length limit of 256 characters for each key.',
);
const BAD_HASH_KEY = observedByKinesalite(
  'putRecord',
  "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ' + hashKey",
);
const HASH_KEY_PATTERN = observedByKinesalite(
  'putRecord',
  "Value '' at 'explicitHashKey' failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})",
);
const BAD_ORDERING = observedByKinesalite(
  'putRecord',
  "InvalidArgumentException for version 0 in SequenceNumberForOrdering: 'ExclusiveMinimumSequenceNumber ' + seq + ' used in PutRecord on stream ... under account ... is invalid.'",
);

/** A record which the endpoint must not take, for what is wrong with its parameters. */
function badRecord(
  title: string,
  record: Partial<PutRecordInput>,
  {
    source,
    exception = BAD_PARAMETER,
    message,
  }: Pick<Refused, 'source' | 'message'> & {
    exception?: Refused['exception'];
  },
): Case {
  return defineRefusal({
    operation: 'PutRecord',
    behaviour: 'invalid-argument',
    title,
    exception,
    source,
    ...(message === undefined ? {} : { message }),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () =>
        t.kinesis.send(
          new PutRecordCommand({
            StreamName: name,
            PartitionKey: 'key',
            Data: Buffer.from('never'),
            ...record,
          }),
        );
    },
  });
}

/** A record that must be kept as it was given. */
function goodRecord(
  title: string,
  record: Pick<PutRecordInput, 'PartitionKey' | 'Data'>,
  source: Case['source'],
): Case {
  return defineCase({
    name: `PutRecord / ${title}`,
    operation: 'PutRecord',
    behaviour: 'success',
    expected: 'taken; key and data come back as they were',
    source,
    async run(t) {
      const { name } = await t.streams.make();
      await t.kinesis.send(new PutRecordCommand({ StreamName: name, ...record }));
      const { records } = await readShard(t, name, FIRST_SHARD, 1);
      t.same('the key', records[0]?.PartitionKey, record.PartitionKey);
      t.same('the data', hex(records[0]?.Data), hex(record.Data));
    },
  });
}

/** PutRecord; sizes of records, rates, routing and sequence numbers have files of their own. */
export const putRecordCases: readonly Case[] = [
  defineCase({
    name: 'PutRecord / tells the shard and the sequence number, by which the record is read',
    operation: 'PutRecord',
    behaviour: 'success',
    expected: 'ShardId and SequenceNumber of the record as GetRecords returns it',
    source: apiReference(
      'PutRecord',
      'PutRecord returns the shard ID of where the data record was placed and the sequence number that was assigned to the data record.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const answer = await put(t, name, 'hello');
      t.same('the shard', answer.ShardId, FIRST_SHARD);
      t.matches('the sequence number', answer.SequenceNumber, /^\d{56}$/);
      const { records } = await readShard(t, name, FIRST_SHARD, 1);
      const [record] = records;
      t.same('how many records', records.length, 1);
      t.same('the sequence number read', record?.SequenceNumber, answer.SequenceNumber);
      t.same('the data read', text(record?.Data), 'hello');
      t.same('the key read', record?.PartitionKey, 'key');
      t.holds(
        'it has the instant of its arrival',
        record?.ApproximateArrivalTimestamp instanceof Date,
        record?.ApproximateArrivalTimestamp,
      );
    },
  }),
  goodRecord(
    'a key of 1 character, empty data',
    { PartitionKey: 'k', Data: new Uint8Array() },
    observedByKinesalite('putRecord', "it('should work with empty Data', ...)"),
  ),
  goodRecord(
    'a key of 256 characters',
    { PartitionKey: 'k'.repeat(256), Data: Buffer.from('x') },
    KEY_LENGTH,
  ),
  goodRecord(
    'a key of 256 characters which are 768 bytes',
    { PartitionKey: '€'.repeat(256), Data: Buffer.from('x') },
    KEY_LENGTH,
  ),
  goodRecord(
    'data of all byte values',
    { PartitionKey: 'ключ', Data: Uint8Array.from({ length: 256 }, (_none, byte) => byte) },
    apiReference(
      'Record',
      'The data in the blob is both opaque and immutable to Kinesis Data Streams, which does not inspect, interpret, or change the data in the blob in any way.',
    ),
  ),
  badRecord('a key of 257 characters', { PartitionKey: 'k'.repeat(257) }, { source: KEY_LENGTH }),
  badRecord(
    'a key of 257 characters which are 771 bytes',
    { PartitionKey: '€'.repeat(257) },
    { source: KEY_LENGTH },
  ),
  badRecord(
    'an empty key',
    { PartitionKey: '' },
    {
      exception: 'ValidationException',
      message: /partitionKey.*Member must have length greater than or equal to 1/,
      source: observedByKinesalite(
        'putRecord',
        "Value '' at 'partitionKey' failed to satisfy constraint: Member must have length greater than or equal to 1",
      ),
    },
  ),
  badRecord(
    'no key',
    { PartitionKey: undefined },
    {
      source: apiReference(
        'PutRecord',
        'If the stream uses the USER_PARTITION_KEY record distribution strategy (the default), a partition key is required.',
      ),
    },
  ),
  badRecord(
    'no data',
    { Data: undefined },
    {
      source: observedByKinesalite(
        'putRecord',
        "Value null at 'data' failed to satisfy constraint: Member must not be null",
      ),
    },
  ),
  badRecord(
    'ExplicitHashKey 2^128',
    { ExplicitHashKey: HASH_KEYS.toString() },
    {
      exception: 'InvalidArgumentException',
      message: /^Invalid ExplicitHashKey\. ExplicitHashKey must be in the range: \[0, 2\^128-1\]\./,
      source: BAD_HASH_KEY,
    },
  ),
  ...['-1', '01', '0x10', '1e3', 'abc', ''].map((key) =>
    badRecord(
      `ExplicitHashKey "${key}"`,
      { ExplicitHashKey: key },
      { exception: 'ValidationException', source: HASH_KEY_PATTERN },
    ),
  ),
  badRecord(
    'SequenceNumberForOrdering that is no number',
    { SequenceNumberForOrdering: 'abc' },
    {
      exception: 'ValidationException',
      source: observedByKinesalite(
        'putRecord',
        "Value '' at 'sequenceNumberForOrdering' failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})",
      ),
    },
  ),
  badRecord(
    'SequenceNumberForOrdering of no version that there is',
    { SequenceNumberForOrdering: (2n << 184n).toString() },
    {
      exception: 'InvalidArgumentException',
      message:
        /^ExclusiveMinimumSequenceNumber \d+ used in PutRecord on stream \S+ under account \d{12} is invalid\.$/,
      source: BAD_ORDERING,
    },
  ),
  defineCase({
    name: 'PutRecord / SequenceNumberForOrdering gives strictly increasing numbers',
    operation: 'PutRecord',
    behaviour: 'success',
    expected: 'each sequence number above the one before, and the records in this order',
    source: apiReference(
      'PutRecord',
      'Guarantees strictly increasing sequence numbers, for puts from the same client and to the same partition key. Usage: set the SequenceNumberForOrdering of record n to the sequence number of record n-1',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const numbers: (string | undefined)[] = [];
      for (let index = 0; index < 10; index += 1) {
        const { SequenceNumber } = await t.kinesis.send(
          new PutRecordCommand({
            StreamName: name,
            PartitionKey: 'key',
            Data: Buffer.from(`r${index}`),
            ...(index === 0 ? {} : { SequenceNumberForOrdering: numbers.at(-1) }),
          }),
        );
        numbers.push(SequenceNumber);
      }
      t.holds('they increase', increases(numbers), numbers);
      const { records } = await readShard(t, name, FIRST_SHARD, 10);
      t.same(
        'the numbers read',
        records.map(({ SequenceNumber }) => SequenceNumber),
        numbers,
      );
    },
  }),
  defineCase({
    name: 'PutRecord / EncryptionType follows the stream',
    operation: 'PutRecord',
    behaviour: 'success',
    expected: 'NONE or nothing before StartStreamEncryption, KMS after it; in GetRecords too',
    source: apiReference(
      'PutRecord',
      'The encryption type to use on the record. ... KMS: Use server-side encryption on the records in the stream using a customer-managed Amazon Web Services KMS key.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const plain = await put(t, name, 'plain');
      t.same('before', plain.EncryptionType ?? 'NONE', 'NONE');
      await t.kinesis.send(
        new StartStreamEncryptionCommand({
          StreamName: name,
          EncryptionType: 'KMS',
          KeyId: 'alias/aws/kinesis',
        }),
      );
      await t.streams.active(name);
      // "... it can take up to 5 seconds after the stream is in an ACTIVE status before all records written are
      // encrypted": so ask until one is.
      const after = await t.eventually('a record is encrypted', async () => {
        const answer = await put(t, name, 'encrypted');
        return answer.EncryptionType === 'KMS' ? answer : undefined;
      });
      t.same('after', after.EncryptionType, 'KMS');
      const { records } = await readShard(t, name, FIRST_SHARD, 2);
      t.same('read, the first', records[0]?.EncryptionType ?? 'NONE', 'NONE');
      t.same('read, the last', records.at(-1)?.EncryptionType, 'KMS');
    },
  }),
];
