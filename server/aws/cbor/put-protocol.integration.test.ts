import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { cbor } from '@smithy/core/cbor';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { openCaller } from '#server/aws/call.ts';
import { openClients } from '#server/aws/clients.ts';
import { openRecordWrites, type RecordWrites } from '#server/aws/put-records.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { putInCbor } from './put-protocol.ts';

const TYPE = 'application/x-amz-cbor-1.1';
const signal = new AbortController().signal;
const arnOf = (name: string) => `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`;

type Sender = { readonly kinesis: KinesisClient; readonly writes: RecordWrites };

function openSender(endpoint: string, isCbor: boolean): Sender {
  const kinesis = new KinesisClient({
    ...LOCAL_CLIENT,
    endpoint,
    // The server of the second half speaks no HTTP/2.
    requestHandler: new NodeHttpHandler(),
  });
  if (isCbor) putInCbor(kinesis);
  const caller = openCaller(embeddedConnectionTo({ kinesis: endpoint }), false);
  return { kinesis, writes: openRecordWrites(kinesis, caller) };
}

function recordOf(partitionKey: string, data: Uint8Array, explicit: bigint | null = null) {
  return { partitionKey, data, explicitHashKey: explicit === null ? null : hashKey(explicit) };
}

describe('records that are put in CBOR', () => {
  let world: World;
  let senders: readonly Sender[];

  beforeAll(async () => {
    world = await startWorld({ clock: 'virtual' });
    senders = [true, false].map((isCbor) => openSender(world.endpoints.kinesis, isCbor));
  });

  afterEach(() => world.faults.clearFaults());

  afterAll(async () => {
    for (const { kinesis } of senders) kinesis.destroy();
    await world.close();
  });

  /** What both say, which has to be the same, of streams of their own. */
  async function both<T>(
    shards: number,
    ask: (sender: Sender, streamArn: string, streamName: string) => Promise<T>,
  ): Promise<T> {
    const told: T[] = [];
    for (const [i, sender] of senders.entries()) {
      const streamName = `both-${i}`;
      world.engine.createStream({ streamName, shardCount: shards });
      try {
        told.push(await ask(sender, arnOf(streamName), streamName));
      } finally {
        world.engine.deleteStream({ streamName });
      }
    }
    expect(told[0]).toEqual(told[1]);
    return told[0] as T;
  }

  it('lie in the same shards with the same bytes as in JSON', async () => {
    const records = [
      recordOf('ascii', Buffer.from([0, 127, 128, 255])),
      recordOf('ключ 🔑', Buffer.alloc(70_000, 3), 2n ** 128n - 1n),
      recordOf('x'.repeat(256), new Uint8Array(Buffer.alloc(300, 9).buffer)),
      recordOf('zero', Buffer.from('{}'), 0n),
    ];
    const { answer, stored } = await both(4, async ({ kinesis, writes }, StreamARN) => ({
      answer: await writes.putRecords(StreamARN, records, signal),
      stored: await readAll(kinesis, StreamARN),
    }));
    expect(answer).toMatchObject({ kind: 'answered', records: [{ ok: true }, {}, {}, {}] });
    expect(stored.toSorted(byKey)).toEqual(
      records.map(({ partitionKey, data }) => [partitionKey, Buffer.from(data)]).toSorted(byKey),
    );
  });

  it('are put one after the other too, and other operations go on in JSON', async () => {
    const told = await both(1, async ({ kinesis, writes }, StreamARN) => {
      const one = await writes.putRecord(StreamARN, recordOf('a', Buffer.from('1')), null, signal);
      const two = await writes.putRecord(
        StreamARN,
        recordOf('a', Buffer.from('2')),
        one.sequenceNumber,
        signal,
      );
      await kinesis.send(
        new SplitShardCommand({
          StreamARN,
          ShardToSplit: 'shardId-000000000000',
          NewStartingHashKey: (2n ** 127n).toString(),
        }),
      );
      const { Shards } = await kinesis.send(new ListShardsCommand({ StreamARN }));
      return [one.answer, two.answer, Number(two.sequenceNumber) > 0, Shards?.length];
    });
    expect(told).toMatchObject([{ kind: 'answered' }, { kind: 'answered' }, true, 3]);
  });

  it('are refused in the same words', async () => {
    const data = Buffer.alloc(1_000);
    const told = await both(1, async ({ writes }, StreamARN, streamName) => {
      const put = async (to = StreamARN, record = recordOf('k', data)) =>
        withoutName(await writes.putRecords(to, [record], signal), streamName);
      const answers = [
        await put(arnOf('nowhere')),
        await put(StreamARN, recordOf('', data)),
        await put(StreamARN, recordOf('k', Buffer.alloc(11 * 1_048_576))),
      ];
      for (const type of ['throttle', 'deny', 'error', 'lose-answer'] as const) {
        world.faults.clearFaults();
        world.faults.addFault({ effect: { type }, operation: 'PutRecords', streamName });
        answers.push(await put());
      }
      return answers;
    });
    expect(told).toMatchObject(
      [
        ...['not-found', 'invalid-request', 'invalid-request'],
        ...['throttled', 'access-denied', 'service-error', 'unreachable'],
      ].map((kind) => ({ kind: 'not-answered', failure: { kind } })),
    );
  });

  it('are refused one by one where a shard is full', async () => {
    const records = Array.from({ length: 500 }, (_, i) => recordOf(`k${i}`, Buffer.alloc(5_000)));
    const answer = await both(2, ({ writes }, arn) => writes.putRecords(arn, records, signal));
    if (answer.kind !== 'answered') expect.fail('it was answered');
    const refused = answer.records.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(500);
    expect(refused[0]).toMatchObject({ errorCode: 'ProvisionedThroughputExceededException' });
  });
});

describe('an answer to records in CBOR', () => {
  let server: Server;
  let sender: Sender;
  let answer: { readonly status: number; readonly body: Uint8Array };
  const got: { type: string | undefined; target: unknown; first: number | undefined }[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const { 'content-type': type, 'x-amz-target': target } = req.headers;
        got.push({ type, target, first: Buffer.concat(chunks)[0] });
        res.writeHead(answer.status, { 'content-type': TYPE }).end(answer.body);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('It has a port');
    sender = openSender(`http://127.0.0.1:${address.port}`, true);
  });

  afterAll(() => {
    sender.kinesis.destroy();
    server.close();
  });

  async function put(status: number, body: Uint8Array) {
    answer = { status, body };
    return sender.writes.putRecords(arnOf('s'), [recordOf('k', Buffer.from('x'))], signal);
  }

  it.each([
    ['ExpiredTokenException', 'expired-credentials', false],
    ['InvalidSignatureException', 'no-credentials', false],
    ['KMSThrottlingException', 'throttled', false],
    ['KMSDisabledException', 'encryption-key', false],
    ['InternalFailure', 'service-error', true],
  ])('that is %s is told as %s', async (type, kind, answerLost) => {
    const status = answerLost ? 500 : 400;
    const told = await put(
      status,
      cbor.serialize({ __type: `com.amazonaws#${type}`, message: 'why' }),
    );
    expect(told).toMatchObject({ kind: 'not-answered', failure: { kind, answerLost } });
    expect(got.at(-1)).toEqual({ type: TYPE, target: 'Kinesis_20131202.PutRecords', first: 0xbf });
  });

  it('is asked for only where CBOR is sure to be understood', async () => {
    const endpoint = await sender.kinesis.config.endpoint?.();
    const kinesis = `http://127.0.0.1:${endpoint?.port}`;
    const chain = { kind: 'chain', profile: null, roleArn: null, externalId: null } as const;
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'some');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'some');
    for (const [credentials, type] of [
      [{ kind: 'embedded' }, TYPE],
      [chain, 'application/x-amz-json-1.1'],
    ] as const) {
      const connection = embeddedConnectionTo({ kinesis }, 'test', { credentials });
      const clients = openClients(connection);
      const writes = openRecordWrites(clients.kinesisOnce, openCaller(connection, false));
      answer = { status: 400, body: cbor.serialize({ __type: 'ResourceNotFoundException' }) };
      await writes.putRecords(arnOf('s'), [recordOf('k', Buffer.from('x'))], signal);
      clients.destroy();
      expect(got.at(-1)?.type).toBe(type);
    }
    vi.unstubAllEnvs();
  });

  it('may be in JSON after all', async () => {
    const told = await put(400, Buffer.from('{"__type":"ExpiredTokenException","message":"why"}'));
    expect(told).toMatchObject({ failure: { kind: 'expired-credentials' } });
    const Records = [{ ShardId: 'shardId-000000000007', SequenceNumber: '1' }];
    expect(await put(200, Buffer.from(JSON.stringify({ Records })))).toEqual({
      kind: 'answered',
      records: [{ ok: true, shardId: 'shardId-000000000007' }],
    });
  });

  it('that is written with codes that are null says that all was taken', async () => {
    const Records = [{ ShardId: 'shardId-000000000001', SequenceNumber: '1', ErrorCode: null }];
    expect(await put(200, cbor.serialize({ FailedRecordCount: 0, Records }))).toEqual({
      kind: 'answered',
      records: [{ ok: true, shardId: 'shardId-000000000001' }],
    });
  });

  it('that cannot be read says nothing of what was written', async () => {
    for (const body of [Buffer.from('bf6752', 'hex'), Buffer.from('<html>', 'latin1')]) {
      expect(await put(200, body)).toMatchObject({
        kind: 'not-answered',
        failure: { kind: 'service-error', answerLost: true },
      });
    }
  });
});

async function readAll(kinesis: KinesisClient, StreamARN: string): Promise<[string, Buffer][]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamARN }));
  const found: [string, Buffer][] = [];
  for (const { ShardId } of Shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamARN, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await kinesis.send(
      new GetRecordsCommand({ StreamARN, ShardIterator }),
    );
    for (const { PartitionKey = '', Data = new Uint8Array() } of Records) {
      found.push([PartitionKey, Buffer.from(Data)]);
    }
  }
  return found;
}

function byKey([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a).localeCompare(String(b));
}

/** Their words name the stream, and the port of a connection that broke off. */
function withoutName(answer: Awaited<ReturnType<RecordWrites['putRecords']>>, name: string) {
  if (answer.kind === 'answered') return answer;
  const { kind, retryable, answerLost, message } = answer.failure;
  const words = message.replaceAll(name, 'S');
  return { kind: answer.kind, failure: { kind, retryable, answerLost, message: words } };
}
