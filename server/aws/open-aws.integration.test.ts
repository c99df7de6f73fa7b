import { afterEach, beforeEach, expect, test } from 'vitest';
import { firstRingFault } from '#lib/domain/hash-range.ts';
import { isOpen } from '#lib/domain/shard.ts';
import type { Connection } from '#server/config/config.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { type Aws, openAws } from './open-aws.ts';

const PERIOD_MS = 5_000;
let world: World;
let aws: Aws;
const signal = new AbortController().signal;

const connect = (endpoints: Connection['endpoints']): Aws =>
  openAws(embeddedConnectionTo(endpoints));

beforeEach(async () => {
  world = await startWorld({ clock: 'virtual' });
  aws = connect({ kinesis: world.endpoints.kinesis, cloudwatch: world.endpoints.cloudwatch });
});

afterEach(async () => {
  aws.close();
  await world.close();
});

test('lists and describes streams by one identity', async () => {
  world.engine.createStream({ streamName: 'orders', shardCount: 2 });
  world.engine.createStream({ streamName: 'clicks', mode: 'ON_DEMAND' });
  const listed = await aws.listStreams(signal);
  expect(listed.map((s) => s.streamName)).toEqual(['clicks', 'orders']);
  const described = await aws.describeStream('orders', signal);
  expect(described).toMatchObject({
    status: 'ACTIVE',
    mode: 'PROVISIONED',
    openShardCount: 2,
    retentionHours: 24,
    shardMetrics: [],
  });
  const { streamArn, createdAtMs } = described;
  expect(listed[1]?.identity).toEqual({ streamArn, createdAtMs });
  expect((await aws.describeStream('clicks', signal)).mode).toBe('ON_DEMAND');
});

test('reads streams that are named by their ARNs, and no others', async () => {
  const arnOf = (name: string) => `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`;
  for (const streamName of ['orders', 'secret', 'other']) {
    world.engine.createStream({ streamName, shardCount: 2 });
  }
  world.faults.addFault({
    effect: { type: 'deny' },
    operation: 'DescribeStreamSummary',
    streamName: 'secret',
  });
  const byArn = openAws(
    embeddedConnectionTo(world.endpoints, 'test', {
      streamArns: ['orders', 'secret', 'gone'].map(arnOf),
    }),
  );
  try {
    const listed = await byArn.listStreams(signal);
    expect(listed).toEqual([
      {
        streamName: 'orders',
        identity: { streamArn: arnOf('orders'), createdAtMs: expect.any(Number) },
        status: 'ACTIVE',
      },
      { streamName: 'secret', identity: null, status: null },
    ]);
    expect(byArn.callCounts()['kinesis:ListStreams']).toBe(0);
    expect((await byArn.describeStream('orders', signal)).streamArn).toBe(arnOf('orders'));
    expect(await byArn.listShards('orders', signal)).toHaveLength(2);
    const startMs = Math.floor(world.clock.nowMs() / PERIOD_MS) * PERIOD_MS;
    const columns = await byArn.getMetrics(
      [{ streamName: 'orders', shardId: null, metric: 'IncomingBytes' }],
      { startMs: startMs - PERIOD_MS, endMs: startMs, periodSeconds: 5 },
      signal,
    );
    expect(columns).toHaveLength(1);
  } finally {
    byArn.close();
  }
});

test('lists more shards than a page holds', async () => {
  world.engine.createStream({ streamName: 'wide', shardCount: 2_345 });
  const shards = await aws.listShards('wide', signal);
  expect(shards).toHaveLength(2_345);
  expect(firstRingFault(shards.filter(isOpen).map((s) => s.range))).toBeNull();
});

test('reads metrics as columns: figures where there are any, else nothing', async () => {
  world.engine.createStream({ streamName: 'orders', shardCount: 1 });
  world.engine.enableEnhancedMonitoring({ streamName: 'orders', shardLevelMetrics: ['ALL'] });
  const startMs = Math.ceil(world.clock.nowMs() / PERIOD_MS) * PERIOD_MS;
  const put = (count: number) =>
    world.engine.putRecords({
      streamName: 'orders',
      records: Array.from({ length: count }, (_, i) => ({
        data: Buffer.alloc(8),
        partitionKey: `${i}`,
      })),
    });
  await world.advanceTo(startMs + 1_000);
  put(3);
  await world.advanceTo(startMs + 2 * PERIOD_MS + 1_000);
  put(4);
  await world.advanceTo(startMs + 3 * PERIOD_MS);

  const columns = await aws.getMetrics(
    [
      { streamName: 'orders', shardId: null, metric: 'IncomingRecords' },
      { streamName: 'orders', shardId: 'shardId-000000000000', metric: 'IncomingRecords' },
      { streamName: 'nobody', shardId: null, metric: 'IncomingRecords' },
    ],
    { startMs, endMs: startMs + 3 * PERIOD_MS, periodSeconds: 5 },
    signal,
  );
  const silence = Number.NaN;
  expect(columns).toEqual([
    Float32Array.of(3, silence, 4),
    Float32Array.of(3, silence, 4),
    Float32Array.of(silence, silence, silence),
  ]);
});

test('reads more series than a call carries', async () => {
  world.engine.createStream({ streamName: 'orders', shardCount: 1 });
  const startMs = Math.floor(world.clock.nowMs() / PERIOD_MS) * PERIOD_MS;
  world.engine.putRecord({ streamName: 'orders', partitionKey: 'a', data: Buffer.alloc(8) });
  const series = Array.from({ length: 1_203 }, (_, i) => ({
    streamName: i === 1_202 ? 'orders' : `stream-${i}`,
    shardId: null,
    metric: 'IncomingRecords' as const,
  }));
  const window = { startMs, endMs: startMs + PERIOD_MS, periodSeconds: 5 };
  const columns = await aws.getMetrics(series, window, signal);
  expect(columns.flatMap((c, i) => (Number.isNaN(c[0]) ? [] : [[i, c[0]]]))).toEqual([[1_202, 1]]);
  expect(aws.callCounts()['cloudwatch:GetMetricData']).toBe(3);
});

test('failures are ours: what is not there, what cannot be reached, what is not configured', async () => {
  await expect(aws.describeStream('nobody', signal)).rejects.toMatchObject({
    name: 'AwsFailure',
    kind: 'not-found',
  });
  const alone = connect({ kinesis: world.endpoints.kinesis });
  await expect(
    alone.getMetrics(
      [{ streamName: 'orders', shardId: null, metric: 'IncomingRecords' }],
      { startMs: 0, endMs: 5_000, periodSeconds: 5 },
      signal,
    ),
  ).rejects.toMatchObject({ kind: 'no-endpoint' });
  alone.close();
  const { kinesis, cloudwatch } = world.endpoints;
  await world.close();
  const orphan = connect({ kinesis, cloudwatch });
  await expect(orphan.listStreams(signal)).rejects.toMatchObject({ kind: 'unreachable' });
  orphan.close();
});

test('tells how far the other clock is ahead', async () => {
  await aws.listStreams(signal);
  // The world's clock stands while a busy machine sets the test up.
  expect(Math.abs(aws.clockSkewMs())).toBeLessThan(30_000);
  await world.advanceTo(world.clock.nowMs() + 600_000);
  await aws.listStreams(signal);
  expect(aws.clockSkewMs()).toBeGreaterThan(550_000);
});

test('an aborted call throws the reason, not a failure', async () => {
  world.faults.addFault({ effect: { type: 'stall' } });
  const stopping = new AbortController();
  const listing = aws.listStreams(stopping.signal);
  const refused = expect(listing).rejects.toThrow('stopping');
  stopping.abort(new Error('stopping'));
  await refused;
});
