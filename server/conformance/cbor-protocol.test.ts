import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  DescribeStreamSummaryCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import { cbor, tag } from '@smithy/core/cbor';
import { afterEach, expect, test } from 'vitest';
import { openClients } from './clients.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Seen {
  headers: Record<string, unknown>;
  body: Record<string, unknown>;
}

/** A client by CBOR, and what its endpoint has seen last. */
async function open(status: number, answer: unknown) {
  const seen: Seen = { headers: {}, body: {} };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.headers = request.headers;
    seen.body = cbor.deserialize(Buffer.concat(chunks)) as Record<string, unknown>;
    response.writeHead(status, { 'content-type': 'application/x-amz-cbor-1.1' });
    response.end(cbor.serialize(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clients = openClients({ kinesis: `http://127.0.0.1:${port}` }, 'us-east-1', 'cbor');
  closers.push(() => {
    clients.destroy();
    server.close();
  });
  return { kinesis: clients.kinesis, seen };
}

test('blobs are byte strings, under the target and the type of Java clients', async () => {
  const { kinesis, seen } = await open(200, { ShardId: 'shardId-000000000000' });
  const { ShardId } = await kinesis.send(
    new PutRecordCommand({ StreamName: 's', PartitionKey: 'k', Data: Buffer.from([0, 255]) }),
  );
  expect(ShardId).toBe('shardId-000000000000');
  expect(seen.headers).toMatchObject({
    'content-type': 'application/x-amz-cbor-1.1',
    'x-amz-target': 'Kinesis_20131202.PutRecord',
  });
  expect([...(seen.body['Data'] as Uint8Array)]).toEqual([0, 255]);
});

test('times go out as tag 1 with milliseconds', async () => {
  const { kinesis, seen } = await open(200, { ShardIterator: 'i' });
  await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: 's',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'AT_TIMESTAMP',
      Timestamp: new Date(1_700_000_000_123),
    }),
  );
  expect(seen.body['Timestamp']).toMatchObject({ value: 1_700_000_000_123 });
});

test.each([
  ['as tag 1', tag({ tag: 1, value: 1_700_000_000_123 })],
  ['bare', 1_700_000_000_123],
])('times come in as milliseconds, %s', async (_how, StreamCreationTimestamp) => {
  const { kinesis } = await open(200, { StreamDescriptionSummary: { StreamCreationTimestamp } });
  const { StreamDescriptionSummary: summary } = await kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: 's' }),
  );
  expect(summary?.StreamCreationTimestamp).toEqual(new Date(1_700_000_000_123));
});

test('an exception has its name without the namespace, its message and the status', async () => {
  const { kinesis } = await open(400, {
    __type: 'com.amazonaws.kinesis.v20131202#ResourceNotFoundException',
    message: 'Stream s under account 1 not found.',
  });
  await expect(
    kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 's' })),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Stream s under account 1 not found.',
    $metadata: { httpStatusCode: 400 },
  });
});
