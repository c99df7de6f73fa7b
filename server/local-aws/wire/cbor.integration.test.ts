import { afterEach, beforeEach, expect, it } from 'vitest';
import { cborCodec } from './cbor-codec.ts';
import { openWire, type Wire } from './testing/open-wire.ts';
import { WireTime, type WireValue } from './wire-value.ts';

const START_MS = 1_795_413_600_123;
const TYPE = 'application/x-amz-cbor-1.1';

let wire: Wire;

beforeEach(async () => {
  wire = await openWire({ startMs: START_MS });
});

afterEach(() => wire.close());

async function call(operation: string, input: WireValue | Buffer, authorization = 'AWS4') {
  const response = await fetch(`http://127.0.0.1:${wire.port}`, {
    method: 'POST',
    headers: {
      'content-type': TYPE,
      'x-amz-target': `Kinesis_20131202.${operation}`,
      ...(authorization !== '' && { authorization }),
    },
    body: new Uint8Array(Buffer.isBuffer(input) ? input : cborCodec.encode(input)),
  });
  expect(response.headers.get('content-type')).toBe(TYPE);
  const body = cborCodec.decode(Buffer.from(await response.arrayBuffer()));
  return { status: response.status, body: body as Record<string, never> };
}

it('serves a client that speaks CBOR', async () => {
  const StreamName = 's';
  const ShardId = 'shardId-000000000000';
  expect(await call('CreateStream', { StreamName, ShardCount: 1 })).toEqual({
    status: 200,
    body: {},
  });
  const Data = Buffer.from([0, 255, 10]);
  const put = await call('PutRecords', { StreamName, Records: [{ PartitionKey: 'k', Data }] });
  expect(put.body).toMatchObject({ FailedRecordCount: 0, Records: [{ ShardId }] });
  const iterator = await call('GetShardIterator', {
    StreamName,
    ShardId,
    ShardIteratorType: 'AT_TIMESTAMP',
    Timestamp: new WireTime(START_MS),
  });
  const got = await call('GetRecords', { ShardIterator: iterator.body['ShardIterator'] ?? '' });
  expect(got.body).toMatchObject({
    MillisBehindLatest: 0,
    Records: [{ Data, ApproximateArrivalTimestamp: new WireTime(START_MS), PartitionKey: 'k' }],
  });
});

it('tells errors in CBOR, those of a request that cannot be read too', async () => {
  expect(await call('DescribeStreamSummary', { StreamName: 's' })).toEqual({
    status: 400,
    body: {
      __type: 'ResourceNotFoundException',
      message: 'Stream s under account 000000000000 not found.',
    },
  });
  const type = async (...request: Parameters<typeof call>) => (await call(...request)).body;
  expect(await type('ListShards', Buffer.from([0xa1]))).toMatchObject({
    __type: 'SerializationException',
  });
  expect(await type('ListShards', { StreamName: [] })).toMatchObject({
    __type: 'SerializationException',
  });
  expect(await type('ListStreams', {}, '')).toMatchObject({
    __type: 'MissingAuthenticationTokenException',
  });
  expect(await type('NoSuchOperation', {})).toMatchObject({ __type: 'UnknownOperationException' });
});
