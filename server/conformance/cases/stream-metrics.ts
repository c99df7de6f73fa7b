import {
  EnableEnhancedMonitoringCommand,
  GetRecordsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  type PutRecordsRequestEntry,
} from '@aws-sdk/client-kinesis';
import { type Case, defineCase } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { HASH_KEYS } from '#server/conformance/kinesis/hash-keys.ts';
import {
  type Metric,
  metricTotals,
  settledTotals,
} from '#server/conformance/kinesis/metric-sums.ts';
import { pause } from '#server/conformance/kinesis/pause.ts';
import { iteratorAt } from '#server/conformance/kinesis/reading.ts';
import { guide } from '#server/conformance/kinesis/sources.ts';
import { bytes, entries, FIRST_SHARD } from '#server/conformance/kinesis/writing.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

const CLOUDWATCH = { endpoint: 'cloudwatch' } as const;
const SECOND = 'shardId-000000000001';
const LAST_KEY = (HASH_KEYS - 1n).toString();

function monitoring(quote: string): Case['source'] {
  return guide('monitoring-with-cloudwatch', quote);
}

/** A metric and what it must come to: one value, or several where documents leave it open. */
interface Expected extends Metric {
  /** `undefined` among them: no datapoint is as good, since nothing of the kind happened. */
  readonly oneOf: readonly (number | undefined)[];
}

function is(name: string, ...oneOf: readonly (number | undefined)[]): Expected {
  return { name, oneOf };
}

/** Where nothing happened AWS may send a 0 or nothing. */
function none(name: string): Expected {
  return is(name, 0, undefined);
}

/**
 * Bytes of records: with their keys or without. The documents say "bytes successfully put", and count keys in the
 * limits of a shard, but do not say it of the metric.
 */
interface Bytes {
  readonly data: number;
  readonly keys: number;
}

function ofBytes(name: string, { data, keys }: Bytes): Expected {
  return is(name, data, data + keys);
}

function bytesOf(records: readonly PutRecordsRequestEntry[]): Bytes {
  return {
    data: records.reduce((sum, { Data }) => sum + (Data?.byteLength ?? 0), 0),
    keys: records.reduce((sum, { PartitionKey = '' }) => sum + Buffer.byteLength(PartitionKey), 0),
  };
}

async function compare(t: CaseTools, stream: string, expected: readonly Expected[]): Promise<void> {
  const fits = (total: number | undefined, index: number) =>
    expected[index]?.oneOf.includes(total) === true;
  const totals = await settledTotals(t, stream, expected, (seen) => seen.every(fits));
  for (const [index, { name, shardId, stat, oneOf }] of expected.entries()) {
    const where = shardId === undefined ? '' : ` of ${shardId}`;
    t.holds(
      `${name}${stat === undefined ? '' : ` (${stat})`}${where}, expected ${oneOf.map(String).join(' or ')}`,
      fits(totals[index], index),
      totals[index],
    );
  }
}

async function putOne(t: CaseTools, stream: string, record: PutRecordsRequestEntry) {
  await t.kinesis.send(new PutRecordCommand({ StreamName: stream, ...record }));
}

/** Reads a shard until so many records came; how many calls were answered and refused. */
async function countedRead(t: CaseTools, stream: string, count: number) {
  let next = await iteratorAt(t, stream, {
    ShardId: FIRST_SHARD,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  let [records, answered] = [0, 0];
  while (records < count) {
    const answer = await t.kinesis.send(new GetRecordsCommand({ ShardIterator: next }));
    answered += 1;
    records += answer.Records?.length ?? 0;
    next = answer.NextShardIterator ?? next;
    // Within 5 calls a second.
    await pause(t, 300);
  }
  return { records, answered };
}

async function monitored(t: CaseTools, shardCount: number): Promise<string> {
  const { name } = await t.streams.make({ ShardCount: shardCount });
  await t.kinesis.send(
    new EnableEnhancedMonitoringCommand({ StreamName: name, ShardLevelMetrics: ['ALL'] }),
  );
  await t.streams.active(name);
  return name;
}

/** Metrics equal what was sent. */
export const streamMetricsCases: readonly Case[] = [
  defineCase({
    name: 'CloudWatch / what PutRecord and PutRecords put is what the stream counts',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected:
      'sums of IncomingRecords, IncomingBytes, PutRecord.* and PutRecords.* of exactly what was sent',
    needs: CLOUDWATCH,
    source: monitoring(
      'IncomingRecords: The number of records successfully put to the Kinesis stream over the specified time period. This metric includes record counts from PutRecord and PutRecords operations. ... IncomingBytes: The number of bytes successfully put to the Kinesis stream over the specified time period. This metric includes bytes from PutRecord and PutRecords operations.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      const single = entries(7, (index) => ({ Data: bytes(100 + index) }));
      for (const record of single) await putOne(t, name, record);
      const batches = [entries(20), entries(33, () => ({ Data: bytes(1_000) }))];
      for (const Records of batches) {
        await t.kinesis.send(new PutRecordsCommand({ StreamName: name, Records }));
      }
      const inBatches = batches.flat();
      await compare(t, name, [
        is('IncomingRecords', 60),
        ofBytes('IncomingBytes', bytesOf([...single, ...inBatches])),
        is('PutRecord.Success', 7),
        ofBytes('PutRecord.Bytes', bytesOf(single)),
        { ...is('PutRecord.Success', 7), stat: 'SampleCount' },
        is('PutRecords.Success', 2),
        is('PutRecords.TotalRecords', 53),
        is('PutRecords.SuccessfulRecords', 53),
        ofBytes('PutRecords.Bytes', bytesOf(inBatches)),
        none('PutRecords.FailedRecords'),
        none('PutRecords.ThrottledRecords'),
        none('WriteProvisionedThroughputExceeded'),
      ]);
    },
  }),
  defineCase({
    name: 'CloudWatch / throttled records are counted, and are not incoming',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected:
      'WriteProvisionedThroughputExceeded and PutRecords.ThrottledRecords as many as had the error, IncomingRecords as many as had none',
    needs: CLOUDWATCH,
    source: monitoring(
      'WriteProvisionedThroughputExceeded: The number of records rejected due to throttling for the stream over the specified time period. This metric includes throttling from PutRecord and PutRecords operations. ... PutRecords.ThrottledRecords: The number of records rejected due to throttling in a PutRecords operation per Kinesis data stream, measured over the specified time period.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          t.kinesis.send(new PutRecordsCommand({ StreamName: name, Records: entries(500) })),
        ),
      );
      const throttled = answers.reduce((sum, one) => sum + (one.FailedRecordCount ?? 0), 0);
      t.holds('some are throttled', throttled > 0, throttled);
      await compare(t, name, [
        is('IncomingRecords', 4_000 - throttled),
        is('WriteProvisionedThroughputExceeded', throttled),
        is('PutRecords.TotalRecords', 4_000),
        is('PutRecords.ThrottledRecords', throttled),
        is('PutRecords.SuccessfulRecords', 4_000 - throttled),
        none('PutRecords.FailedRecords'),
      ]);
    },
  }),
  defineCase({
    name: 'CloudWatch / what GetRecords returned is what the stream counts',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected: 'GetRecords.Records, .Bytes and .Success of exactly what was read',
    needs: CLOUDWATCH,
    source: monitoring(
      'GetRecords.Records: The number of records retrieved from the shard, measured over the specified time period. ... GetRecords.Bytes: The number of bytes retrieved from the Kinesis stream, measured over the specified time period. ... GetRecords.Success: The number of successful GetRecords operations per stream, measured over the specified time period.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const Records = entries(40, () => ({ Data: bytes(500) }));
      await t.kinesis.send(new PutRecordsCommand({ StreamName: name, Records }));
      const { records, answered } = await countedRead(t, name, 40);
      t.same('read', records, 40);
      await compare(t, name, [
        is('GetRecords.Records', 40),
        ofBytes('GetRecords.Bytes', bytesOf(Records)),
        { ...is('GetRecords.Success', answered), stat: 'SampleCount' },
        is('GetRecords.Success', answered),
        none('ReadProvisionedThroughputExceeded'),
      ]);
    },
  }),
  defineCase({
    name: 'CloudWatch / refused GetRecords calls are counted',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected: 'ReadProvisionedThroughputExceeded as many as were refused',
    needs: CLOUDWATCH,
    source: monitoring(
      'ReadProvisionedThroughputExceeded: The number of GetRecords calls throttled for the stream over the specified time period.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const ShardIterator = await iteratorAt(t, name, {
        ShardId: FIRST_SHARD,
        ShardIteratorType: 'TRIM_HORIZON',
      });
      const seen = await Promise.allSettled(
        Array.from({ length: 25 }, () => t.kinesis.send(new GetRecordsCommand({ ShardIterator }))),
      );
      const refused = seen.filter(
        (one) =>
          one.status === 'rejected' &&
          asRefusal(one.reason)?.name === 'ProvisionedThroughputExceededException',
      ).length;
      t.holds('some are refused', refused > 0, refused);
      await compare(t, name, [is('ReadProvisionedThroughputExceeded', refused)]);
    },
  }),
  defineCase({
    name: 'CloudWatch / shard-level metrics tell the shards apart',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected:
      'after EnableEnhancedMonitoring each shard counts its own; together they are the stream',
    needs: CLOUDWATCH,
    source: monitoring(
      'IncomingRecords (Dimensions: StreamName, ShardId): The number of records successfully put to the shard over the specified time period. This metric includes record counts from PutRecord and PutRecords operations.',
    ),
    async run(t) {
      const name = await monitored(t, 2);
      const left = entries(30, () => ({ ExplicitHashKey: '0', Data: bytes(200) }));
      const right = entries(11, () => ({ ExplicitHashKey: LAST_KEY, Data: bytes(300) }));
      await t.kinesis.send(
        new PutRecordsCommand({ StreamName: name, Records: [...left, ...right] }),
      );
      const { answered } = await countedRead(t, name, 30);
      const of = (shardId: string, expected: Expected): Expected => ({ ...expected, shardId });
      await compare(t, name, [
        is('IncomingRecords', 41),
        of(FIRST_SHARD, is('IncomingRecords', 30)),
        of(SECOND, is('IncomingRecords', 11)),
        of(FIRST_SHARD, ofBytes('IncomingBytes', bytesOf(left))),
        of(SECOND, ofBytes('IncomingBytes', bytesOf(right))),
        of(FIRST_SHARD, is('OutgoingRecords', 30)),
        of(FIRST_SHARD, ofBytes('OutgoingBytes', bytesOf(left))),
        of(SECOND, none('OutgoingRecords')),
        is('GetRecords.Success', answered),
        of(FIRST_SHARD, none('WriteProvisionedThroughputExceeded')),
      ]);
    },
  }),
  defineCase({
    name: 'CloudWatch / throttled records are counted with their shard',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected: 'all with the flooded shard, none with the other',
    needs: CLOUDWATCH,
    source: monitoring(
      'WriteProvisionedThroughputExceeded (Dimensions: StreamName, ShardId): The number of records rejected due to throttling for the shard over the specified time period. ... covers all dimensions of the following limits: 1,000 records per second per shard or 1 MB per second per shard.',
    ),
    async run(t) {
      const name = await monitored(t, 2);
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          t.kinesis.send(
            new PutRecordsCommand({
              StreamName: name,
              Records: entries(500, (index) => ({
                ExplicitHashKey: index < 10 ? '0' : LAST_KEY,
              })),
            }),
          ),
        ),
      );
      const throttled = answers.reduce((sum, one) => sum + (one.FailedRecordCount ?? 0), 0);
      t.holds('some are throttled', throttled > 0, throttled);
      await compare(t, name, [
        { ...is('WriteProvisionedThroughputExceeded', throttled), shardId: SECOND },
        { ...none('WriteProvisionedThroughputExceeded'), shardId: FIRST_SHARD },
        { ...is('IncomingRecords', 80), shardId: FIRST_SHARD },
        { ...is('IncomingRecords', 3_920 - throttled), shardId: SECOND },
      ]);
    },
  }),
  defineCase({
    name: 'CloudWatch / no shard-level metric before it is enabled',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected: 'IncomingRecords of the stream, none of the shard',
    needs: CLOUDWATCH,
    source: monitoring(
      'Shard-level data is sent every minute for an additional cost. To get this level of data, you must specifically enable it for the stream using the EnableEnhancedMonitoring operation.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await t.kinesis.send(new PutRecordsCommand({ StreamName: name, Records: entries(5) }));
      await compare(t, name, [is('IncomingRecords', 5)]);
      const [ofShard] = await metricTotals(t, name, [
        { name: 'IncomingRecords', shardId: FIRST_SHARD },
      ]);
      t.same('of the shard', ofShard, undefined);
    },
  }),
  defineCase({
    name: 'CloudWatch / extremes of IncomingRecords are those of single puts',
    operation: 'CloudWatch.GetMetricData',
    behaviour: 'metrics',
    expected: 'of puts of 1, 4 and 9 records: Maximum 9, Minimum 1, SampleCount 3',
    needs: CLOUDWATCH,
    source: monitoring(
      'Minimum, Maximum, and Average statistics represent the records in a single put operation for the stream in the specified time period.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      for (const count of [1, 4, 9]) {
        await t.kinesis.send(new PutRecordsCommand({ StreamName: name, Records: entries(count) }));
      }
      await compare(t, name, [
        is('IncomingRecords', 14),
        { ...is('IncomingRecords', 9), stat: 'Maximum' },
        { ...is('IncomingRecords', 1), stat: 'Minimum' },
        { ...is('IncomingRecords', 3), stat: 'SampleCount' },
      ]);
    },
  }),
];
