import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startWorld } from './testing/start-world.ts';
import type { World } from './world.ts';

const PERIOD_MS = 5_000;
const common = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

/** Waits for something that the live world does by itself. */
async function eventually<T>(
  look: () => Promise<T> | T,
  isThere: (found: T) => boolean,
): Promise<T> {
  const deadline = AbortSignal.timeout(60_000);
  for (;;) {
    const found = await look();
    if (isThere(found)) return found;
    await sleep(100, undefined, { signal: deadline });
  }
}

describe('the demo, live', { timeout: 120_000 }, () => {
  let world: World;
  let liveFromMs: number;
  let dynamodb: DynamoDBClient;
  let s3: S3Client;

  beforeAll(async () => {
    world = await startWorld({ scenario: 'demo', pastMinutes: 5, apiRateScale: 1 });
    liveFromMs = Date.now();
    dynamodb = new DynamoDBClient({ ...common, endpoint: world.endpoints.dynamodb });
    s3 = new S3Client({ ...common, endpoint: world.endpoints.s3, forcePathStyle: true });
  });

  afterAll(async () => {
    dynamodb.destroy();
    s3.destroy();
    await world.close();
  });

  const read = (metric: string, shardId: string | null, startMs: number, endMs: number) =>
    world.engine.meter.read({ streamName: 'tweets', shardId, metric }, startMs, endMs, PERIOD_MS);

  it('has a past without a hole that joins the present', async () => {
    const endMs = Math.floor(liveFromMs / PERIOD_MS) * PERIOD_MS;
    const startMs = endMs - 58 * PERIOD_MS;
    const points = read('IncomingBytes', null, startMs, endMs);
    expect(points.map((point) => (point.startMs - startMs) / PERIOD_MS)).toEqual(
      Array.from({ length: 58 }, (_, i) => i),
    );
    const sums = points.map(({ sum }) => sum).sort((a, b) => a - b);
    const median = sums[29] ?? 0;
    expect(Math.min(...sums)).toBeGreaterThan(median * 0.7);
    expect(Math.max(...sums)).toBeLessThan(median * 1.4);
    await eventually(
      () => read('IncomingRecords', null, endMs + PERIOD_MS, Date.now()),
      ([first]) => first !== undefined && first.sum > 100,
    );
  });

  it('throttles what the producers counted, in every period that is over', async () => {
    const counts = () =>
      world.scenario.ledger
        .read(Math.ceil(liveFromMs / PERIOD_MS) * PERIOD_MS)
        .find(({ streamName }) => streamName === 'tweets')
        // An answer may be on its way for a while after its period.
        ?.periods.filter(({ startMs }) => startMs + 2 * PERIOD_MS < Date.now()) ?? [];
    const periods = await eventually(
      counts,
      (found) => found.filter(({ throttled }) => throttled > 0).length >= 2,
    );
    for (const { startMs, throttled, accepted } of periods) {
      const endMs = startMs + 1;
      expect(read('WriteProvisionedThroughputExceeded', null, startMs, endMs)[0]?.sum).toBe(
        throttled,
      );
      expect(read('IncomingRecords', null, startMs, endMs)[0]?.sum).toBe(accepted);
    }
  });

  it('calls nothing more often than AWS would let it', () => {
    expect(world.limiter?.refusedCalls()).toEqual({});
  });

  it('keeps leases as the Kinesis Client Library does', async () => {
    const leases = async () =>
      ((await dynamodb.send(new ScanCommand({ TableName: 'reports-worker' }))).Items ?? []).filter(
        // Its library keeps more than leases in this table.
        ({ entityType }) => entityType?.S === 'LEASE',
      );
    const before = await leases();
    expect(before.map(({ leaseKey }) => leaseKey?.S).sort()).toEqual(
      [0, 1, 2, 3].map((i) => `shardId-00000000000${i}`),
    );
    for (const item of before) {
      expect(item).toMatchObject({
        leaseOwner: { S: expect.stringMatching(/^reports-worker-[12]$/) },
        leaseCounter: { N: expect.stringMatching(/^\d+$/) },
        checkpoint: { S: expect.stringMatching(/^\d{56}$/) },
        checkpointSubSequenceNumber: { N: '0' },
        ownerSwitchesSinceCheckpoint: { N: expect.stringMatching(/^\d+$/) },
        startingHashKey: { S: expect.stringMatching(/^\d+$/) },
        endingHashKey: { S: expect.stringMatching(/^\d+$/) },
        // DynamoDB drops zeros at the end.
        throughputKBps: { N: expect.stringMatching(/^\d+(\.\d{1,2})?$/) },
      });
    }
    const counters = (items: typeof before) =>
      new Map(items.map(({ leaseKey, leaseCounter }) => [leaseKey?.S, Number(leaseCounter?.N)]));
    const first = counters(before);
    await eventually(leases, (items) =>
      [...counters(items)].every(([key, counter]) => counter > (first.get(key) ?? 0)),
    );
  });

  it('takes one more application, whose workers hand leases over, and lets it go', async () => {
    const control = async (request: object) => {
      const answer = await fetch(`${world.endpoints.admin}/scenario/control`, {
        method: 'POST',
        body: JSON.stringify({ application: 'invoices', ...request }),
      });
      expect(await answer.text()).toBe('{"done":true}');
    };
    await control({
      action: 'start-application',
      streamNames: ['orders', 'audit-log'],
      startAt: { type: 'LATEST' },
      checkpointMs: { least: 1_000, most: 2_000 },
    });
    const leases = async () =>
      (await dynamodb.send(new ScanCommand({ TableName: 'invoices' }))).Items ?? [];
    const hasRead = ({ checkpoint }: Record<string, AttributeValue>) =>
      /^\d{56}$/.test(checkpoint?.S ?? '');
    const all = await eventually(leases, (found) => found.length > 1 && found.every(hasRead));
    expect(new Set(all.map(({ leaseOwner }) => leaseOwner?.S))).toEqual(new Set(['invoices-1']));
    await control({ action: 'start-workers', count: 1 });
    const handed = await eventually(leases, (found) =>
      found.some(
        ({ leaseOwner, checkpointOwner }) =>
          leaseOwner?.S === 'invoices-2' && checkpointOwner === undefined,
      ),
    );
    const [first] = handed.filter(({ leaseOwner }) => leaseOwner?.S === 'invoices-2');
    expect(Number(first?.['ownerSwitchesSinceCheckpoint']?.N)).toBeLessThanOrEqual(1);
    await control({ action: 'remove-application' });
    await expect(leases()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('runs its functions, by polling and by enhanced fan-out', async () => {
    const cloudwatch = new CloudWatchClient({ ...common, endpoint: world.endpoints.cloudwatch });
    // Not those whose period began in the past, where functions ran without the wire.
    const StartTime = new Date((Math.floor(liveFromMs / PERIOD_MS) + 2) * PERIOD_MS);
    for (const { functionName } of world.scenario.lambdas.map(({ actor }) => actor.plan)) {
      const [age] = await eventually(
        async () => {
          const { Datapoints = [] } = await cloudwatch.send(
            new GetMetricStatisticsCommand({
              Namespace: 'AWS/Lambda',
              MetricName: 'IteratorAge',
              Dimensions: [{ Name: 'FunctionName', Value: functionName }],
              StartTime,
              EndTime: new Date(Math.max(Date.now(), StartTime.getTime()) + PERIOD_MS),
              Period: PERIOD_MS / 1_000,
              Statistics: ['SampleCount', 'Maximum'],
            }),
          );
          return Datapoints;
        },
        (found) => found.length > 0,
      );
      expect(age?.SampleCount).toBeGreaterThan(0);
      expect(age?.Maximum).toBeLessThan(60_000);
    }
    cloudwatch.destroy();
  });

  it('archives what was sent, as Firehose does and in envelopes', async () => {
    const listed = async (Prefix: string) => {
      const Bucket = 'kinetoscope-archive';
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
      return Contents.map(({ Key }) => Key ?? '');
    };
    const body = async (Key: string) => {
      const object = await s3.send(new GetObjectCommand({ Bucket: 'kinetoscope-archive', Key }));
      return gunzipSync((await object.Body?.transformToByteArray()) ?? '').toString();
    };
    const [envelope = ''] = await eventually(
      () => listed('envelope/document-changed-stream/'),
      (keys) => keys.length >= 3,
    );
    const [firehose = ''] = await eventually(
      () => listed('firehose/document-changed-stream/'),
      (keys) => keys.length >= 3,
    );
    expect(firehose).toMatch(
      /^firehose\/document-changed-stream\/\d{4}\/\d\d\/\d\d\/\d\d\/document-changed-stream-1-\d{4}(-\d\d){5}-[0-9a-f-]{36}\.gz$/,
    );
    const lines = (await body(envelope)).trim().split('\n');
    const line = z.object({
      partitionKey: z.string(),
      sequenceNumber: z.string(),
      approximateArrivalTimestamp: z.iso.datetime(),
      data: z.base64(),
    });
    const records = lines.map((text) => line.parse(JSON.parse(text)));
    const data = records.map((record) => Buffer.from(record.data, 'base64').toString());
    const document = z.object({ documentId: z.string(), eventType: z.string() });
    for (const [i, text] of data.entries()) {
      expect(document.parse(JSON.parse(text)).documentId).toBe(records[i]?.partitionKey);
    }
    // Both archives buffer the same records by the same hints.
    expect(await body(firehose)).toBe(data.join(''));
  });
});

describe('worlds', () => {
  it('are the same for the same seed', async () => {
    const facts = async (seed: number) => {
      const world = await startWorld({
        scenario: 'demo',
        clock: 'virtual',
        startAtMs: Date.UTC(2026, 10, 23),
        pastMinutes: 1,
        seed,
      });
      const { ledger, workers } = world.scenario;
      const held = workers.map(({ name, heldShardIds }) => [name, heldShardIds]);
      const counted = ledger.read(0);
      await world.close();
      return { counted, held };
    };
    const first = await facts(5);
    expect(await facts(5)).toEqual(first);
    expect((await facts(6)).counted).not.toEqual(first.counted);
  });

  it('take any size, with a load that moves', async () => {
    const world = await startWorld({
      clock: 'virtual',
      pastMinutes: 1,
      world: { streams: 30, shards: 4 },
    });
    const { streams } = world.engine.listStreams({ limit: 100 });
    expect(streams).toHaveLength(30);
    const endMs = Math.floor(world.engine.nowMs() / PERIOD_MS) * PERIOD_MS;
    for (const shardId of ['shardId-000000000000', 'shardId-000000000003']) {
      const points = world.engine.meter.read(
        { streamName: 'world-0030', shardId, metric: 'IncomingBytes' },
        endMs - 50_000,
        endMs,
        PERIOD_MS,
      );
      expect(points).toHaveLength(10);
      expect(new Set(points.map(({ sum }) => sum)).size).toBeGreaterThan(1);
    }
    await world.close();
  });

  it('begin empty: nothing of a former one is left', async () => {
    const first = await startWorld();
    first.engine.createStream({ streamName: 'left-over', shardCount: 1 });
    const s3 = new S3Client({ ...common, endpoint: first.endpoints.s3, forcePathStyle: true });
    await expect(
      s3.send(new PutObjectCommand({ Bucket: 'missing', Key: 'k', Body: 'x' })),
    ).rejects.toThrow();
    s3.destroy();
    await first.close();
    const second = await startWorld();
    expect(second.engine.listStreams().streams).toEqual([]);
    expect(second.incarnation).not.toBe(first.incarnation);
    await second.close();
  });
});
