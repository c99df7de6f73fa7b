import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '#server/local-aws/engine/engine.ts';
import { createFaults, type Faults } from '#server/local-aws/faults/faults.ts';
import { createGateway } from '#server/local-aws/gateway.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { createKinesisServer } from '#server/local-aws/wire/kinesis-server.ts';
import { closeServer, listenOnLoopback } from './listen.ts';

type Gateway = ReturnType<typeof createGateway>;

let gateway: Gateway;
let faults: Faults;
let port: number;
let logged: string[];
let clients: KinesisClient[];

beforeEach(async () => {
  logged = [];
  clients = [];
  faults = createFaults();
  const log = { error: (_fields: object, message: string) => logged.push(message) };
  const engine = openEngine({ transitionMs: 0, limitScale: null });
  const cloudwatch = {
    handle: (_: unknown, response: { end(text: string): unknown }) => response.end('cloudwatch'),
  };
  const kinesis = createKinesisServer({ engine, faults, log });
  gateway = createGateway({ kinesis, cloudwatch }, () => true);
  port = await listenOnLoopback(gateway, 0, 'Kinesis');
});

afterEach(async () => {
  // With clients still connected: nobody may keep a server open.
  await closeServer(gateway);
  for (const client of clients) {
    client.destroy();
  }
  expect(logged).toEqual([]);
});

function clientOf(handler: 'http2' | 'http1'): KinesisClient {
  const client = new KinesisClient({
    endpoint: `http://127.0.0.1:${port}`,
    ...LOCAL_CLIENT,
    ...(handler === 'http1' && { requestHandler: new NodeHttpHandler() }),
  });
  clients.push(client);
  return client;
}

/** Asks over a connection of one's own; answers with all that comes until it ends. */
async function ask(...chunks: readonly string[]): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  for (const chunk of chunks) {
    await new Promise((sent) => socket.write(chunk, 'latin1', sent));
    // Lets the chunk arrive alone, however many the kernel would put together.
    await new Promise(setImmediate);
  }
  await once(socket, 'close');
  return text;
}

describe('one port', () => {
  it.each(['http2', 'http1'] as const)('serves the SDK over %s', async (handler) => {
    const client = clientOf(handler);
    const StreamName = 's';
    await client.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
    const Data = Buffer.alloc(50_000, 'x');
    const puts = Array.from({ length: 20 }, (_, at) =>
      client.send(
        new PutRecordsCommand({
          StreamName,
          Records: Array.from({ length: 20 }, () => ({ PartitionKey: `k${at}`, Data })),
        }),
      ),
    );
    expect((await Promise.all(puts)).map(({ FailedRecordCount }) => FailedRecordCount)).toEqual(
      Array.from({ length: 20 }, () => 0),
    );
    const counts = ['shardId-000000000000', 'shardId-000000000001'].map(async (ShardId) => {
      const { ShardIterator } = await client.send(
        new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
      );
      let iterator = ShardIterator;
      let count = 0;
      for (let isBehind = true; isBehind; ) {
        const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
        count += answer.Records?.length ?? 0;
        iterator = answer.NextShardIterator;
        isBehind = answer.MillisBehindLatest !== 0;
      }
      return count;
    });
    expect((await Promise.all(counts)).reduce((sum, count) => sum + count)).toBe(400);
    const unknown = new DescribeStreamSummaryCommand({ StreamName: 'unknown' });
    await expect(client.send(unknown)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('serves both at once', async () => {
    const answers = await Promise.all(
      (['http2', 'http1', 'http2', 'http1'] as const).map((handler) =>
        clientOf(handler).send(new ListStreamsCommand({})),
      ),
    );
    expect(answers.map(({ StreamNames }) => StreamNames)).toEqual([[], [], [], []]);
  });

  it('cuts off an answer over HTTP/2, and serves the next one', async () => {
    const client = clientOf('http2');
    faults.addFault({ effect: { type: 'reset' }, count: 1 });
    await expect(client.send(new ListStreamsCommand({}))).rejects.toThrow();
    expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
  });

  it('reads a request that comes byte by byte', async () => {
    const request = 'POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n';
    expect(await ask('P', 'O', 'S', request.slice(3))).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('ends connections that say nothing, or nothing that is HTTP', async () => {
    expect(await ask('GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    silent.write('PR');
    const ended = once(silent, 'close');
    silent.end();
    await ended;
  });

  it('refuses names of other sites over HTTP/2, too', async () => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const statusOf = async (authority: string) => {
      const request = session.request({ ':method': 'POST', ':path': '/', ':authority': authority });
      request.end();
      const [headers] = await once(request, 'response');
      request.resume();
      await once(request, 'close');
      return headers[':status'];
    };
    expect(await statusOf(`localhost:${port}`)).toBe(400);
    expect(await statusOf('evil.example')).toBe(403);
    session.destroy();
  });

  it('gives CloudWatch its requests', async () => {
    const { port: listening } = gateway.address() as AddressInfo;
    const session = connectHttp2(`http://127.0.0.1:${listening}`);
    const request = session.request({
      ':method': 'POST',
      'x-amz-target': 'GraniteServiceVersion20100801.ListMetrics',
    });
    request.end();
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    expect(Buffer.concat(chunks).toString()).toBe('cloudwatch');
    session.destroy();
  });

  it('forgets a request over HTTP/2 that was given up within its body', async () => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const request = session.request({ ':method': 'POST', 'content-length': '100' });
    const failed = once(request, 'close');
    request.write('{"Stream', () => request.close(8));
    await failed;
    session.destroy();
    expect((await clientOf('http2').send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
  });
});
