import {
  CreateStreamCommand,
  DryRunOperationException,
  KinesisClient,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  SplitShardCommand,
  type StartingPosition,
  SubscribeToShardCommand,
  type SubscribeToShardEvent,
} from '@aws-sdk/client-kinesis';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCloudWatchServer } from '#server/local-aws/cloudwatch/cloudwatch-server.ts';
import { METRICS_PROFILES } from '#server/local-aws/cloudwatch/metric-clock.ts';
import { openEngine } from '#server/local-aws/engine/engine.ts';
import { createFaults } from '#server/local-aws/faults/faults.ts';
import { createGateway } from '#server/local-aws/gateway.ts';
import { closeServer, listenOnLoopback } from '#server/local-aws/http/listen.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { cborCodec } from './cbor-codec.ts';
import { createKinesisServer } from './kinesis-server.ts';

const START_MS = 1_795_413_600_000;
const StreamName = 's';
const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
const ShardId = 'shardId-000000000000';

let nowMs: number;
let gateway: ReturnType<typeof createGateway>;
let endpoint: string;
let client: KinesisClient;
let logged: string[];
let ConsumerARN: string;

beforeEach(async () => {
  nowMs = START_MS;
  logged = [];
  const engine = openEngine({ clock: { nowMs: () => nowMs }, transitionMs: 0 });
  const faults = createFaults();
  const log = { error: (_fields: object, message: string) => logged.push(message) };
  const cloudwatch = createCloudWatchServer({
    meter: engine.meter,
    clock: engine,
    profile: METRICS_PROFILES.demo,
    faults,
    onError: (error) => logged.push(String(error)),
  });
  const kinesis = createKinesisServer({ engine, faults, log });
  gateway = createGateway({ kinesis, cloudwatch }, () => true);
  endpoint = `http://127.0.0.1:${await listenOnLoopback(gateway, 0, 'Kinesis')}`;
  client = new KinesisClient({
    endpoint,
    ...LOCAL_CLIENT,
  });
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const { Consumer } = await client.send(
    new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'c' }),
  );
  ConsumerARN = Consumer?.ConsumerARN ?? '';
});

afterEach(async () => {
  client.destroy();
  await closeServer(gateway);
  expect(logged).toEqual([]);
});

const put = (text: string) =>
  client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from(text) }));

/** The events of a subscription, as the default client gives them. */
async function* subscribe(
  StartingPosition: StartingPosition = { Type: 'TRIM_HORIZON' },
): AsyncGenerator<SubscribeToShardEvent> {
  const { EventStream = [] } = await client.send(
    new SubscribeToShardCommand({ ConsumerARN, ShardId, StartingPosition }),
  );
  for await (const { SubscribeToShardEvent: event } of EventStream) {
    if (event !== undefined) {
      yield event;
    }
  }
}

async function nextOf(events: AsyncGenerator<SubscribeToShardEvent>) {
  const { value } = await events.next();
  const event: SubscribeToShardEvent | undefined = value;
  return {
    ...event,
    texts: event?.Records?.map(({ Data }) => Buffer.from(Data ?? []).toString()),
  };
}

describe('SubscribeToShard, as the SDK sees it over HTTP/2', () => {
  it('pushes what is there and what comes, until the shard has ended', async () => {
    const { SequenceNumber } = await put('a');
    const events = subscribe();
    const first = await nextOf(events);
    expect(first).toMatchObject({
      texts: ['a'],
      ContinuationSequenceNumber: SequenceNumber,
      MillisBehindLatest: 0,
    });
    expect(first.Records?.[0]?.ApproximateArrivalTimestamp).toEqual(new Date(START_MS));
    const coming = nextOf(events);
    await put('b');
    expect((await coming).texts).toEqual(['b']);

    const NewStartingHashKey = String(2n ** 127n);
    await client.send(
      new SplitShardCommand({ StreamName, ShardToSplit: ShardId, NewStartingHashKey }),
    );
    const last = await nextOf(events);
    expect([last.texts, last.ContinuationSequenceNumber]).toEqual([[], undefined]);
    expect(last.ChildShards?.map((child) => [child.ShardId, child.ParentShards])).toEqual([
      ['shardId-000000000001', [ShardId]],
      ['shardId-000000000002', [ShardId]],
    ]);
    expect((await events.next()).done).toBe(true);
  });

  it('ends after five minutes', async () => {
    const events = subscribe();
    await nextOf(events);
    nowMs += 300_000;
    expect((await events.next()).done).toBe(true);
  });

  it('is refused within five seconds, and takes over after them', async () => {
    const first = subscribe();
    await nextOf(first);
    await expect(subscribe().next()).rejects.toBeInstanceOf(ResourceInUseException);
    nowMs += 5_000;
    const second = subscribe({ Type: 'LATEST' });
    // What the first one may have had in between comes before its end.
    const end = (async () => {
      for await (const event of first) {
        expect(event.Records).toEqual([]);
      }
    })();
    const started = nextOf(second);
    await expect(end).rejects.toBeInstanceOf(ResourceInUseException);
    expect((await started).texts).toEqual([]);
  });

  it('refuses what it cannot serve before it begins', async () => {
    const ask = (input: Partial<ConstructorParameters<typeof SubscribeToShardCommand>[0]>) =>
      client.send(
        new SubscribeToShardCommand({
          ConsumerARN,
          ShardId,
          StartingPosition: { Type: 'LATEST' },
          ...input,
        }),
      );
    await expect(ask({ DryRun: true })).rejects.toBeInstanceOf(DryRunOperationException);
    await expect(ask({ ShardId: 'shardId-000000000009' })).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    await expect(ask({ ConsumerARN: `${StreamARN}/consumer/other:1` })).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });

  it('lets a consumer go that has gone away', async () => {
    const events = subscribe();
    await nextOf(events);
    await events.return(undefined);
    client.destroy();
    // That the gateway closes with nothing logged is what `afterEach` looks at.
  });
});

describe('SubscribeToShard', () => {
  it('pushes CBOR to those who ask in CBOR', async () => {
    await put('a');
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': cborCodec.contentType,
        'x-amz-target': 'Kinesis_20131202.SubscribeToShard',
        authorization: 'AWS4',
      },
      body: new Uint8Array(
        cborCodec.encode({ ConsumerARN, ShardId, StartingPosition: { Type: 'TRIM_HORIZON' } }),
      ),
    });
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    nowMs += 299_999;
    const framing = new EventStreamCodec(
      (bytes) => Buffer.from(bytes).toString('utf8'),
      (text) => Buffer.from(text, 'utf8'),
    );
    let read = Buffer.alloc(0);
    const types: unknown[] = [];
    const bodies: unknown[] = [];
    for await (const chunk of response.body ?? []) {
      read = Buffer.concat([read, chunk]);
      while (read.length >= 4 && read.length >= read.readUInt32BE(0)) {
        const { headers, body } = framing.decode(read.subarray(0, read.readUInt32BE(0)));
        read = read.subarray(read.readUInt32BE(0));
        types.push(headers[':event-type']?.value, headers[':content-type']?.value);
        bodies.push(cborCodec.decode(Buffer.from(body)));
      }
      // The end, once the first event is there.
      nowMs = bodies.length >= 2 ? START_MS + 300_000 : nowMs;
    }
    expect(types.slice(0, 4)).toEqual([
      'initial-response',
      cborCodec.contentType,
      'SubscribeToShardEvent',
      cborCodec.contentType,
    ]);
    expect(bodies[1]).toMatchObject({ Records: [{ Data: Buffer.from('a'), PartitionKey: 'k' }] });
  });

  it('is measured by consumer', async () => {
    await put('abc');
    await nextOf(subscribe());
    nowMs += 5_000;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'GraniteServiceVersion20100801.ListMetrics',
        authorization: 'AWS4',
      },
      body: JSON.stringify({
        MetricName: 'SubscribeToShardEvent.Bytes',
        Dimensions: [{ Name: 'ConsumerName', Value: 'c' }],
      }),
    });
    expect(await response.json()).toMatchObject({
      Metrics: [
        {
          Namespace: 'AWS/Kinesis',
          MetricName: 'SubscribeToShardEvent.Bytes',
          Dimensions: [
            { Name: 'StreamName', Value: StreamName },
            { Name: 'ConsumerName', Value: 'c' },
          ],
        },
      ],
    });
  });
});
