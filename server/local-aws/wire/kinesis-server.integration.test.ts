import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  DryRunOperationException,
  EnableEnhancedMonitoringCommand,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  InvalidArgumentException,
  type KinesisClient,
  LimitExceededException,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  ProvisionedThroughputExceededException,
  PutRecordCommand,
  PutRecordsCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  SplitShardCommand,
  UpdateShardCountCommand,
  ValidationException,
} from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import type { Faults } from '#server/local-aws/faults/faults.ts';
import { openWire, WIRE_START_MS, type Wire } from './testing/open-wire.ts';

let engine: Engine;
let faults: Faults;
let wire: Wire;
let client: KinesisClient;

beforeEach(async () => {
  wire = await openWire();
  ({ client, engine, faults } = wire);
});

afterEach(() => wire.close());

const StreamName = 'tweets';
const create = (ShardCount: number) =>
  client.send(new CreateStreamCommand({ StreamName, ShardCount }));

describe('the control plane, as the SDK sees it', () => {
  it('makes a stream with the boundaries of AWS', async () => {
    await create(3);
    const { Shards } = await client.send(new ListShardsCommand({ StreamName }));
    expect(Shards?.map(({ HashKeyRange }) => HashKeyRange?.StartingHashKey)).toEqual([
      '0',
      '113427455640312821154458202477256070485',
      '226854911280625642308916404954512140970',
    ]);
    expect(Shards?.[0]?.SequenceNumberRange?.EndingSequenceNumber).toBeUndefined();
  });

  it('describes a stream, its summary, tags and retention', async () => {
    await create(1);
    await client.send(new AddTagsToStreamCommand({ StreamName, Tags: { team: 'search' } }));
    await client.send(
      new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }),
    );
    await client.send(
      new EnableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ['ALL'] }),
    );
    const { StreamDescriptionSummary: summary } = await client.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    expect(summary).toMatchObject({
      StreamName,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 48,
      OpenShardCount: 1,
    });
    expect(summary?.StreamCreationTimestamp).toEqual(new Date(WIRE_START_MS));
    expect(summary?.EnhancedMonitoring?.[0]?.ShardLevelMetrics).toHaveLength(7);
    const byArn = await client.send(
      new DescribeStreamCommand({ StreamARN: summary?.StreamARN ?? '' }),
    );
    expect(byArn.StreamDescription?.Shards).toHaveLength(1);
    const { Tags } = await client.send(new ListTagsForStreamCommand({ StreamName }));
    expect(Tags).toEqual([{ Key: 'team', Value: 'search' }]);
  });

  it('lists streams page by page', async () => {
    for (const name of ['a', 'b', 'c']) {
      await client.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
    }
    const first = await client.send(new ListStreamsCommand({ Limit: 2 }));
    expect(first.StreamNames).toEqual(['a', 'b']);
    expect(first.HasMoreStreams).toBe(true);
    const second = await client.send(new ListStreamsCommand({ NextToken: first.NextToken }));
    expect(second.StreamNames).toEqual(['c']);
    expect(second.StreamSummaries?.[0]?.StreamStatus).toBe('ACTIVE');
    expect(second.NextToken).toBeUndefined();
  });

  it('answers with the exceptions that the SDK has classes for', async () => {
    await create(1);
    await expect(create(1)).rejects.toThrow(ResourceInUseException);
    await expect(
      client.send(new DescribeStreamSummaryCommand({ StreamName: 'none' })),
    ).rejects.toThrow(ResourceNotFoundException);
    await expect(
      client.send(
        new SplitShardCommand({
          StreamName,
          ShardToSplit: 'shardId-000000000000',
          NewStartingHashKey: '1',
        }),
      ),
    ).rejects.toThrow(InvalidArgumentException);
    await expect(
      client.send(
        new UpdateShardCountCommand({
          StreamName,
          TargetShardCount: 3,
          ScalingType: 'UNIFORM_SCALING',
        }),
      ),
    ).rejects.toThrow(LimitExceededException);
    await expect(
      client.send(new DeleteStreamCommand({ StreamName: 'no spaces please' })),
    ).rejects.toThrow(ValidationException);
  });
});

describe('the data plane, as the SDK sees it', () => {
  it('gives back what was put, in order, with bytes and text unharmed', async () => {
    await create(1);
    const data = Uint8Array.from({ length: 256 }, (_, i) => i);
    const put = await client.send(
      new PutRecordCommand({ StreamName, PartitionKey: 'schlüssel-鍵', Data: data }),
    );
    wire.clock.nowMs += 1_500;
    const next = await client.send(
      new PutRecordsCommand({
        StreamName,
        Records: [
          { PartitionKey: 'a', Data: new Uint8Array(0) },
          { PartitionKey: 'b', Data: Buffer.from('{"x":1}') },
        ],
      }),
    );
    expect(next.FailedRecordCount).toBe(0);
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName,
        ShardId: put.ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const read = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
    expect(read.Records?.map((record) => record.PartitionKey)).toEqual(['schlüssel-鍵', 'a']);
    expect(read.Records?.[0]?.Data).toEqual(data);
    expect(read.Records?.[0]?.SequenceNumber).toBe(put.SequenceNumber);
    expect(read.Records?.[0]?.ApproximateArrivalTimestamp).toEqual(new Date(WIRE_START_MS));
    wire.clock.nowMs += 250;
    const rest = await client.send(
      new GetRecordsCommand({ ShardIterator: read.NextShardIterator }),
    );
    expect(Buffer.from(rest.Records?.[0]?.Data ?? []).toString()).toBe('{"x":1}');
    expect(rest.MillisBehindLatest).toBe(0);
    expect(rest.ChildShards).toBeUndefined();
  });

  it('names a throttled record as AWS does, and throws for a throttled call', async () => {
    await create(1);
    const Records = Array.from({ length: 500 }, (_, i) => ({
      PartitionKey: `key-${i}`,
      Data: Buffer.from('x'),
    }));
    const put = () => client.send(new PutRecordsCommand({ StreamName, Records }));
    await put();
    await put();
    const third = await put();
    expect(third.FailedRecordCount).toBe(500);
    expect(third.Records?.[0]).toEqual({
      ErrorCode: 'ProvisionedThroughputExceededException',
      ErrorMessage:
        'Rate exceeded for shard shardId-000000000000 in stream tweets under account 000000000000.',
    });
    await expect(
      client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from('x') })),
    ).rejects.toThrow(ProvisionedThroughputExceededException);
    const meter = engine.meter.read(
      { streamName: StreamName, shardId: null, metric: 'WriteProvisionedThroughputExceeded' },
      WIRE_START_MS,
      WIRE_START_MS + 5_000,
      5_000,
    );
    expect(meter[0]).toMatchObject({ sum: 501, sampleCount: 4 });
  });

  it('does nothing in a dry run', async () => {
    await create(1);
    const dryPut = (name: string) =>
      client.send(
        new PutRecordCommand({
          StreamName: name,
          PartitionKey: 'k',
          Data: Buffer.from('x'),
          DryRun: true,
        }),
      );
    await expect(dryPut(StreamName)).rejects.toThrow(DryRunOperationException);
    await expect(dryPut('none')).rejects.toThrow(ResourceNotFoundException);
    expect(engine.meter.list({})).toEqual([]);
  });

  it('lets iterators expire after five minutes', async () => {
    await create(1);
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName,
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'LATEST',
      }),
    );
    wire.clock.nowMs += 300_001;
    await expect(client.send(new GetRecordsCommand({ ShardIterator }))).rejects.toThrow(
      ExpiredIteratorException,
    );
    await expect(client.send(new GetRecordsCommand({ ShardIterator: 'made-up' }))).rejects.toThrow(
      InvalidArgumentException,
    );
  });
});

describe('faults', () => {
  const put = () =>
    client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from('x') }));
  const stored = () =>
    engine.meter
      .read(
        { streamName: StreamName, shardId: null, metric: 'IncomingRecords' },
        WIRE_START_MS,
        WIRE_START_MS + 5_000,
        5_000,
      )
      .reduce((sum, point) => sum + point.sum, 0);

  it('loses an answer although the record was written', async () => {
    await create(1);
    faults.addFault({ effect: { type: 'lose-answer' }, operation: 'PutRecord', count: 1 });
    await expect(put()).rejects.toThrow();
    expect(stored()).toBe(1);
    await put();
    expect(stored()).toBe(2);
  });

  it('throttles, fails and resets before anything is written', async () => {
    await create(1);
    faults.addFault({ effect: { type: 'throttle' }, streamName: StreamName, count: 1 });
    faults.addFault({ effect: { type: 'error' }, count: 1 });
    faults.addFault({ effect: { type: 'reset' }, count: 1 });
    await expect(put()).rejects.toThrow(ProvisionedThroughputExceededException);
    await expect(put()).rejects.toMatchObject({ name: 'InternalFailure' });
    await expect(put()).rejects.toThrow();
    expect(stored()).toBe(0);
    await put();
    expect(stored()).toBe(1);
  });

  it('holds a request until the client gives up', async () => {
    await create(1);
    faults.addFault({ effect: { type: 'stall' }, operation: 'ListStreams' });
    const patience = AbortSignal.timeout(50);
    await expect(
      client.send(new ListStreamsCommand({}), { abortSignal: patience }),
    ).rejects.toThrow();
    await put();
    expect(stored()).toBe(1);
  });
});

describe('requests that no SDK sends', () => {
  async function post(headers: Record<string, string>, body: string) {
    const res = await fetch(`http://127.0.0.1:${wire.port}/`, { method: 'POST', headers, body });
    return { status: res.status, date: res.headers.get('date'), body: await res.json() };
  }
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'Kinesis_20131202.ListStreams',
    authorization: 'AWS4-HMAC-SHA256 Credential=local',
  };

  it('have to be signed, though nobody looks at the signature, nor before the body is read', async () => {
    const { authorization: _, ...unsigned } = headers;
    expect(await post(unsigned, 'hello')).toMatchObject({
      status: 400,
      body: { __type: 'SerializationException' },
    });
    expect(await post(unsigned, '{}')).toMatchObject({
      status: 400,
      body: { __type: 'MissingAuthenticationTokenException' },
    });
    expect((await post(headers, '{}')).status).toBe(200);
  });

  it('have to name an operation and hold JSON of the right types', async () => {
    const unknown = { ...headers, 'x-amz-target': 'Kinesis_20131202.toString' };
    expect((await post(unknown, '{}')).body).toEqual({ __type: 'UnknownOperationException' });
    expect((await post(headers, '{')).body).toMatchObject({ __type: 'SerializationException' });
    expect((await post(headers, '{"Limit":"1"}')).body).toEqual({
      __type: 'SerializationException',
      message: 'STRING_VALUE can not be converted to Integer',
    });
  });

  it('are told all violated constraints at once', async () => {
    const put = { ...headers, 'x-amz-target': 'Kinesis_20131202.PutRecords' };
    const { body } = await post(
      put,
      JSON.stringify({ StreamName: 'a b', Records: [{ PartitionKey: '', Data: '' }] }),
    );
    expect(body).toEqual({
      __type: 'ValidationException',
      message:
        "2 validation errors detected: Value 'a b' at 'streamName' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; ' +
        "Value '' at 'records.1.member.partitionKey' failed to satisfy constraint: " +
        'Member must have length greater than or equal to 1',
    });
  });

  it.each([
    [
      'PutRecord',
      { PartitionKey: 'k', Data: '', ExplicitHashKey: String(2n ** 128n) },
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${2n ** 128n}`,
    ],
    [
      'GetShardIterator',
      { ShardId: 'shardId-000000000000', ShardIteratorType: 'AT_TIMESTAMP' },
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
    ],
    [
      'SplitShard',
      { ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '9'.repeat(39) },
      `NewStartingHashKey ${'9'.repeat(39)} used in SplitShard() on shard shardId-000000000000 in stream ${StreamName} under account 000000000000 is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey ${2n ** 128n - 1n}.`,
    ],
  ])('of %s are refused in the words of AWS', async (operation, members, message) => {
    await create(1);
    const target = { ...headers, 'x-amz-target': `Kinesis_20131202.${operation}` };
    expect(await post(target, JSON.stringify({ StreamName, ...members }))).toMatchObject({
      status: 400,
      body: { __type: 'InvalidArgumentException', message },
    });
  });

  it("are answered with the engine's own date", async () => {
    wire.clock.nowMs += 86_400_000;
    expect((await post(headers, '{}')).date).toBe(new Date(wire.clock.nowMs).toUTCString());
  });
});
