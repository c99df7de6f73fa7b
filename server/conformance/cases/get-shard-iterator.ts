import { GetShardIteratorCommand, type GetShardIteratorInput } from '@aws-sdk/client-kinesis';
import {
  apiReference,
  type Case,
  defineCase,
  defineRefusal,
  type Refused,
} from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { pause } from '#server/conformance/kinesis/pause.ts';
import {
  iteratorAt,
  type Position,
  readShard,
  readUntil,
  withinTheShardsRate,
} from '#server/conformance/kinesis/reading.ts';
import {
  BAD_PARAMETER,
  observedByKinesalite,
  observedInIssue,
} from '#server/conformance/kinesis/sources.ts';
import { FIRST_SHARD, put, putInTurn, text } from '#server/conformance/kinesis/writing.ts';

const TYPES = apiReference(
  'GetShardIterator',
  'AT_SEQUENCE_NUMBER - Start reading from the position denoted by a specific sequence number ... AFTER_SEQUENCE_NUMBER - Start reading right after the position denoted by a specific sequence number ... TRIM_HORIZON - Start reading at the last untrimmed record in the shard in the system, which is the oldest data record in the shard. LATEST - Start reading just after the most recent record in the shard',
);
const AT_TIMESTAMP = apiReference(
  'GetShardIterator',
  'If a record with this exact time stamp does not exist, the iterator returned is for the next (later) record. If the time stamp is older than the current trim horizon, the iterator returned is for the oldest untrimmed data record (TRIM_HORIZON).',
);
/** Between two records, so that their arrivals differ. */
const APART_MS = 30;

type Asked = Partial<GetShardIteratorInput>;

function badIterator(
  title: string,
  asked: Asked,
  {
    source,
    exception = BAD_PARAMETER,
    ...rest
  }: Pick<Refused, 'source'> & Partial<Pick<Refused, 'exception' | 'message' | 'behaviour'>>,
): Case {
  return defineRefusal({
    operation: 'GetShardIterator',
    behaviour: 'invalid-argument',
    ...rest,
    title,
    exception,
    source,
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () =>
        withinTheShardsRate(t, () =>
          t.kinesis.send(
            new GetShardIteratorCommand({
              StreamName: name,
              ShardId: FIRST_SHARD,
              ShardIteratorType: 'LATEST',
              ...asked,
            }),
          ),
        );
    },
  });
}

function mixture(title: string, asked: Asked, clause: string): Case {
  return badIterator(title, asked, {
    exception: 'InvalidArgumentException',
    message: new RegExp(`^Must either specify \\(1\\) AT_SEQUENCE_NUMBER .* ${clause}\\.$`),
    source: observedByKinesalite(
      'getShardIterator',
      'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber.',
    ),
  });
}

/** Four records apart from each other, then what an iterator of this position reads of them. */
function reads(
  title: string,
  expected: readonly string[],
  source: Case['source'],
  position: (
    records: readonly { sequenceNumber: string; arrivedMs: number }[],
  ) => Omit<Position, 'ShardId'>,
): Case {
  return defineCase({
    name: `GetShardIterator / ${title}`,
    operation: 'GetShardIterator',
    behaviour: 'iterator',
    expected: `of r0 to r3 it reads ${expected.join(', ')}`,
    source,
    async run(t) {
      const { name } = await t.streams.make();
      const records = await fourApart(t, name);
      const iterator = await iteratorAt(t, name, { ShardId: FIRST_SHARD, ...position(records) });
      const seen = await readUntil(t, iterator, expected.length);
      t.same(
        'it reads',
        seen.records.map(({ Data }) => text(Data)),
        [...expected],
      );
    },
  });
}

async function fourApart(t: CaseTools, stream: string) {
  for (let index = 0; index < 4; index += 1) {
    if (index > 0) await pause(t, APART_MS);
    await put(t, stream, `r${index}`);
  }
  const { records } = await readShard(t, stream, FIRST_SHARD, 4);
  return records.map(({ SequenceNumber = '', ApproximateArrivalTimestamp }) => ({
    sequenceNumber: SequenceNumber,
    arrivedMs: ApproximateArrivalTimestamp?.getTime() ?? 0,
  }));
}

/** What the record at this place was given. */
function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`There is no record ${index}.`);
  return found;
}

/** GetShardIterator, on shards that are open; closed ones have a file of their own. */
export const getShardIteratorCases: readonly Case[] = [
  reads('TRIM_HORIZON', ['r0', 'r1', 'r2', 'r3'], TYPES, () => ({
    ShardIteratorType: 'TRIM_HORIZON',
  })),
  reads('AT_SEQUENCE_NUMBER', ['r1', 'r2', 'r3'], TYPES, (records) => ({
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    StartingSequenceNumber: at(records, 1).sequenceNumber,
  })),
  reads('AFTER_SEQUENCE_NUMBER', ['r2', 'r3'], TYPES, (records) => ({
    ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
    StartingSequenceNumber: at(records, 1).sequenceNumber,
  })),
  reads('AT_TIMESTAMP of a record', ['r1', 'r2', 'r3'], AT_TIMESTAMP, (records) => ({
    ShardIteratorType: 'AT_TIMESTAMP',
    Timestamp: new Date(at(records, 1).arrivedMs),
  })),
  reads('AT_TIMESTAMP 1 ms after a record', ['r2', 'r3'], AT_TIMESTAMP, (records) => ({
    ShardIteratorType: 'AT_TIMESTAMP',
    Timestamp: new Date(at(records, 1).arrivedMs + 1),
  })),
  reads('AT_TIMESTAMP before the stream was', ['r0', 'r1', 'r2', 'r3'], AT_TIMESTAMP, () => ({
    ShardIteratorType: 'AT_TIMESTAMP',
    Timestamp: new Date('2016-04-04T19:58:46.480Z'),
  })),
  defineCase({
    name: 'GetShardIterator / LATEST reads what comes after it, and only that',
    operation: 'GetShardIterator',
    behaviour: 'iterator',
    expected: 'the record put later, not the one put before',
    source: TYPES,
    async run(t) {
      const { name } = await t.streams.make();
      await put(t, name, 'before');
      await readShard(t, name, FIRST_SHARD, 1);
      const iterator = await iteratorAt(t, name, {
        ShardId: FIRST_SHARD,
        ShardIteratorType: 'LATEST',
      });
      await put(t, name, 'after');
      const { records } = await readUntil(t, iterator, 1);
      t.same(
        'it reads',
        records.map(({ Data }) => text(Data)),
        ['after'],
      );
    },
  }),
  defineCase({
    name: 'GetShardIterator / AT_SEQUENCE_NUMBER of the start of the shard',
    operation: 'GetShardIterator',
    behaviour: 'iterator',
    expected: 'reads from the first record on, though no record has this number',
    source: observedInIssue(
      'localstack/localstack/blob/master/tests/aws/services/kinesis/test_kinesis.py',
      'ShardIteratorType="AT_SEQUENCE_NUMBER", StartingSequenceNumber=sequence_number (the StartingSequenceNumber of the shard; marked as validated against AWS)',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await putInTurn(t, name, 2);
      const [shard] = await t.streams.shards(name);
      const iterator = await iteratorAt(t, name, {
        ShardId: FIRST_SHARD,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: shard?.SequenceNumberRange?.StartingSequenceNumber,
      });
      const { records } = await readUntil(t, iterator, 2);
      t.same(
        'it reads',
        records.map(({ Data }) => text(Data)),
        ['r0', 'r1'],
      );
    },
  }),
  badIterator(
    'AT_TIMESTAMP in the future',
    { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(Date.now() + 3_600_000) },
    {
      exception: 'InvalidArgumentException',
      message:
        /^The timestampInMillis parameter cannot be greater than the currentTimestampInMillis\./,
      source: observedInIssue(
        'mhart/kinesalite/pull/49',
        "I merged this in with some extra validations around the timestamp that match production kinesis: 'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ' + timestampInMillis + ', currentTimestampInMillis: ' + now",
      ),
    },
  ),
  badIterator(
    'AT_TIMESTAMP without a time',
    { ShardIteratorType: 'AT_TIMESTAMP' },
    {
      exception: 'InvalidArgumentException',
      message:
        /^Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP\. Current request has no timestamp parameter\.$/,
      source: observedByKinesalite(
        'getShardIterator',
        'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
      ),
    },
  ),
  mixture(
    'AT_SEQUENCE_NUMBER without a number',
    { ShardIteratorType: 'AT_SEQUENCE_NUMBER' },
    'Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber',
  ),
  mixture(
    'AFTER_SEQUENCE_NUMBER without a number',
    { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' },
    'Request specified AFTER_SEQUENCE_NUMBER and no StartingSequenceNumber',
  ),
  mixture(
    'LATEST with a number',
    { ShardIteratorType: 'LATEST', StartingSequenceNumber: '5' },
    'Request specified LATEST and also a StartingSequenceNumber',
  ),
  mixture(
    'TRIM_HORIZON with a number',
    { ShardIteratorType: 'TRIM_HORIZON', StartingSequenceNumber: '5' },
    'Request specified TRIM_HORIZON and also a StartingSequenceNumber',
  ),
  badIterator(
    'a sequence number that is none',
    { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: 'abc' },
    {
      exception: 'ValidationException',
      source: observedByKinesalite(
        'getShardIterator',
        "Value '' at 'startingSequenceNumber' failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})",
      ),
    },
  ),
  badIterator(
    'a type that there is not',
    { ShardIteratorType: 'EARLIEST' as 'LATEST' },
    {
      exception: 'ValidationException',
      source: observedByKinesalite(
        'getShardIterator',
        "Value '' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]",
      ),
    },
  ),
  ...(['ShardIteratorType', 'ShardId'] as const).map((member) =>
    badIterator(
      `no ${member}`,
      { [member]: undefined },
      {
        source: observedByKinesalite(
          'getShardIterator',
          "Value null at 'shardId' failed to satisfy constraint: Member must not be null; Value null at 'shardIteratorType' failed to satisfy constraint: Member must not be null",
        ),
      },
    ),
  ),
  badIterator(
    'a shard that there is not',
    { ShardId: 'shardId-000000000005' },
    {
      behaviour: 'missing-resource',
      exception: 'ResourceNotFoundException',
      message: /^Shard shardId-000000000005 in stream \S+ under account \d{12} does not exist$/,
      source: observedByKinesalite(
        'getShardIterator',
        "'Shard shardId-000000000005 in stream ' + name1 + ' under account ' + helpers.awsAccountId + ' does not exist'",
      ),
    },
  ),
  badIterator(
    'a shard id of another form',
    { ShardId: 'ABKLFD8' },
    {
      behaviour: 'missing-resource',
      exception: 'ResourceNotFoundException',
      source: observedByKinesalite(
        'getShardIterator',
        "'Could not find shard ' + name2 + ' in stream ' + name1 + ' under account ' + helpers.awsAccountId + '.'",
      ),
    },
  ),
  defineRefusal({
    operation: 'GetShardIterator',
    behaviour: 'invalid-argument',
    title: 'the sequence number of another shard',
    exception: 'InvalidArgumentException',
    message:
      /^Invalid StartingSequenceNumber\. It encodes shardId-000000000001, while it was used in a call to (a shard with )?shardId-000000000000/,
    source: observedInIssue(
      'boto/boto3/issues/1478',
      'InvalidArgumentException: Invalid StartingSequenceNumber. It encodes shardId-000000000007, while it was used in a call to shardId-000000000000',
    ),
    async prepare(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      const { SequenceNumber } = await put(t, name, 'x', (1n << 128n) - 1n);
      return () =>
        t.kinesis.send(
          new GetShardIteratorCommand({
            StreamName: name,
            ShardId: FIRST_SHARD,
            ShardIteratorType: 'AT_SEQUENCE_NUMBER',
            StartingSequenceNumber: SequenceNumber,
          }),
        );
    },
  }),
];
