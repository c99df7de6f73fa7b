import { hostname } from 'node:os';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Frame, shardValue, streamValue, unpackFloats } from '#lib/domain/frame.ts';
import { rangeMiddle } from '#lib/domain/hash-range.ts';
import { firstOwnPeriod } from '#lib/domain/settled-periods.ts';
import type { StreamMetric } from '#lib/domain/shard-metric.ts';
import { openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { type Listener, listen } from '#server/db/listen.ts';
import type { Notification } from '#server/db/notification.ts';
import * as schema from '#server/db/schema.ts';
import { silentLog } from '#server/local-aws/log.ts';
import { openWorld, type World } from '#server/local-aws/world.ts';
import { DEFAULT_WORLD } from '#server/local-aws/world-options.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type Collector, startCollector } from './collector.ts';

const PERIOD_SECONDS = 1;
const PERIOD_MS = PERIOD_SECONDS * 1000;
const STREAM = 'orders';
const AT_ONCE = { basePeriodMs: PERIOD_MS, delayMs: 0 };

/** A world on free ports; a later incarnation takes the ports of the one before. */
function startWorld(former: World | null = null, metrics = AT_ONCE): Promise<World> {
  const portOf = (service: 'kinesis' | 'dynamodb' | 's3' | 'admin') =>
    former === null ? 0 : Number(new URL(former.endpoints[service]).port);
  return openWorld(
    {
      ...DEFAULT_WORLD,
      ports: {
        kinesis: portOf('kinesis'),
        dynamodb: portOf('dynamodb'),
        s3: portOf('s3'),
        admin: portOf('admin'),
      },
      scenario: 'none',
      pastMinutes: 0,
      transitionMs: 0,
      metrics,
    },
    silentLog,
  );
}

const connectionTo = (
  { endpoints: { kinesis, cloudwatch } }: World,
  more: Partial<Connection> = {},
): Connection =>
  embeddedConnectionTo({ kinesis, cloudwatch }, 'test', {
    metrics: { periodSeconds: PERIOD_SECONDS, delaySeconds: 0, also: [] },
    cadence: { watchedSeconds: 1, unwatchedSeconds: 1, topologySeconds: 1 },
    budgetDollarsPerDay: null,
    ...more,
  });

function put(world: World, count: number, bytes = 100): void {
  const records = Array.from({ length: count }, (_, i) => ({
    data: Buffer.alloc(bytes),
    partitionKey: `key-${i}`,
  }));
  world.engine.putRecords({ streamName: STREAM, records });
}

function makeStream(world: World, shardCount: number): void {
  world.engine.createStream({ streamName: STREAM, shardCount });
  world.engine.enableEnhancedMonitoring({ streamName: STREAM, shardLevelMetrics: ['ALL'] });
}

function splitFirst({ engine }: World): void {
  const shard = engine.listShards({ streamName: STREAM }).shards[0];
  if (shard === undefined) throw new Error('the stream has no shard');
  engine.splitShard({
    streamName: STREAM,
    shardToSplit: shard.shardId,
    newStartingHashKey: rangeMiddle(shard.range),
  });
}

let testDatabase: TestDatabase;
let database: Database;
let world: World;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 8, onIdleError: () => undefined });
  world = await startWorld();
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await world.close();
  await database.close();
  await testDatabase.close();
});

type Running = { readonly collector: Collector; stop(): Promise<void> };

function collect(
  holder = hostname(),
  more: Partial<Connection> = {},
  special: { livePeriodsMax?: number; nowMs?: () => number } = {},
): Running {
  const stopping = new AbortController();
  const connection = connectionTo(world, more);
  const aws = openAws(connection);
  const collector = startCollector(
    {
      connection,
      aws,
      database,
      log: pino({ level: 'silent' }),
      nowMs: Date.now,
      holder,
      ...special,
    },
    stopping.signal,
  );
  const stop = async () => {
    stopping.abort();
    await collector.done;
    aws.close();
  };
  ends.push(stop);
  return { collector, stop };
}

const waitFor = <T>(check: () => Promise<T>, timeout = 10_000) =>
  vi.waitFor(check, { timeout, interval: 50 });

const streams = () => database.db.select().from(schema.stream).orderBy(schema.stream.id);

async function frames(
  periodSeconds = PERIOD_SECONDS,
): Promise<readonly (Frame & { streamId: number })[]> {
  const rows = await database.db.select().from(schema.frame).orderBy(schema.frame.periodStart);
  return rows
    .filter((row) => row.periodSeconds === periodSeconds)
    .map((row) => ({
      streamId: row.streamId,
      periodStartMs: row.periodStart.getTime(),
      periodSeconds: row.periodSeconds,
      topologyId: row.topologyId,
      collectedAtMs: row.collectedAt.getTime(),
      stream: unpackFloats(row.streamValues),
      shards: unpackFloats(row.shardValues),
    }));
}

/** From then on the stream is known, and what is put counts. */
const firstFrameOf = (streamId: number) =>
  waitFor(async () => {
    const ids = (await frames()).map((frame) => frame.streamId);
    expect(ids).toContain(streamId);
  });

const add = (values: readonly number[]) =>
  values.filter((value) => !Number.isNaN(value)).reduce((sum, value) => sum + value, 0);

function shardTotal(all: readonly Frame[]): number {
  return add(
    all.flatMap((frame) =>
      Array.from({ length: frame.shards.length / 7 }, (_, place) =>
        shardValue(frame, 'IncomingRecords', place),
      ),
    ),
  );
}

const streamTotal = (all: readonly Frame[]) =>
  add(all.map((frame) => streamValue(frame, 'IncomingRecords')));

describe('a collector', () => {
  test('writes what was put, by stream and by shard, and says so', async () => {
    const heard: Notification[] = [];
    const listener: Listener = await new Promise((resolve) => {
      const made: Listener = listen(testDatabase.url, {
        onNotification: (notification) => heard.push(notification),
        onConnect: () => resolve(made),
        onDisconnect: () => undefined,
        onMalformed: () => undefined,
      });
    });
    ends.push(() => listener.close());
    makeStream(world, 3);
    collect();
    await firstFrameOf(1);
    put(world, 200);
    await waitFor(async () => expect(streamTotal(await frames())).toBe(200));
    put(world, 57);
    await waitFor(async () => expect(streamTotal(await frames())).toBe(257));
    expect(shardTotal(await frames())).toBe(257);

    const [row] = await streams();
    expect(row).toMatchObject({ name: STREAM, status: 'ACTIVE', openShardCount: 3, failure: null });
    expect(row?.collectedAt).not.toBeNull();
    expect(heard.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['stream', 'topology', 'frame', 'connection']),
    );
  });

  test('reads latency and success of a stream where the connection wants them', async () => {
    makeStream(world, 1);
    collect(hostname(), {
      metrics: { periodSeconds: PERIOD_SECONDS, delaySeconds: 0, also: ['success'] },
    });
    await firstFrameOf(1);
    put(world, 40);
    put(world, 2);
    const total = async (metric: StreamMetric) =>
      add((await frames()).map((frame) => streamValue(frame, metric)));
    await waitFor(async () => expect(await total('PutRecords.TotalRecords')).toBe(42));
    expect(await total('PutRecords.SuccessfulRecords')).toBe(42);
    const latencies = (await frames()).map((f) => streamValue(f, 'PutRecords.Latency:SampleCount'));
    expect(latencies.every(Number.isNaN)).toBe(true);
  });

  test('writes silence that it listened to as frames of unknown figures', async () => {
    makeStream(world, 2);
    collect();
    await waitFor(async () => expect((await frames()).length).toBeGreaterThan(3));
    const all = await frames();
    expect(all.every((frame) => frame.stream.every(Number.isNaN))).toBe(true);
    const starts = all.map((frame) => frame.periodStartMs);
    const newest = starts.slice(-4);
    expect(newest).toEqual(newest.map((_, i) => (newest[0] ?? 0) + i * PERIOD_MS));
  });

  test('keeps each figure in exactly one frame while a shard is split', async () => {
    makeStream(world, 2);
    collect();
    await firstFrameOf(1);
    put(world, 100);
    splitFirst(world);
    put(world, 100);
    await waitFor(async () => {
      const all = await frames();
      expect(streamTotal(all)).toBe(200);
      expect(shardTotal(all)).toBe(200);
    });
    const topologies = await database.db.select().from(schema.topology);
    expect(topologies.map((row) => row.openShardCount).sort()).toEqual([2, 3]);
  });

  test('reads again what it read before it knew of a split, however long ago that was', async () => {
    makeStream(world, 1);
    const cadence = { watchedSeconds: 1, unwatchedSeconds: 1, topologySeconds: 3_600 };
    const { collector } = collect(hostname(), { cadence }, { livePeriodsMax: 4 });
    await firstFrameOf(1);
    splitFirst(world);
    put(world, 100);
    const putAtMs = Date.now();
    // More periods than a live reading spans: they are stored already, without the children.
    await waitFor(async () => {
      const newest = (await frames()).at(-1)?.periodStartMs ?? 0;
      expect(newest).toBeGreaterThan(putAtMs + 6 * PERIOD_MS);
    }, 20_000);
    expect(shardTotal(await frames())).toBe(0);
    collector.onNotification({ kind: 'collect', connection: 'test' });
    await waitFor(async () => expect(shardTotal(await frames())).toBe(100));
    expect(streamTotal(await frames())).toBe(100);
  }, 60_000);

  test('treats a stream that is made again as another, and forgets the old', async () => {
    makeStream(world, 2);
    collect();
    await firstFrameOf(1);
    put(world, 100);
    await waitFor(async () => expect(streamTotal(await frames())).toBe(100));

    put(world, 100);
    world.engine.deleteStream({ streamName: STREAM });
    makeStream(world, 1);
    await firstFrameOf(2);
    put(world, 10);
    const [old, young] = await streams();
    expect(old?.goneAt).not.toBeNull();
    expect(young?.goneAt).toBeNull();
    await waitFor(async () => {
      const ofYoung = (await frames()).filter((frame) => frame.streamId === young?.id);
      expect(shardTotal(ofYoung)).toBe(10);
    });
  });

  test('shows nothing of a former world as present, and nothing of the new one as the old', async () => {
    makeStream(world, 2);
    collect();
    await firstFrameOf(1);
    put(world, 100);
    await waitFor(async () => expect(streamTotal(await frames())).toBe(100));

    await world.close();
    await waitFor(async () => expect((await streams())[0]?.failure?.message).toMatch(/reached/));
    expect(streamTotal(await frames())).toBe(100);

    world = await startWorld(world);
    makeStream(world, 2);
    await firstFrameOf(2);
    put(world, 33);
    await waitFor(async () => {
      const [old, young] = await streams();
      expect(old?.goneAt).not.toBeNull();
      expect(young).toMatchObject({ goneAt: null, failure: null });
      const all = await frames();
      expect(streamTotal(all.filter((frame) => frame.streamId === old?.id))).toBe(100);
      expect(streamTotal(all.filter((frame) => frame.streamId === young?.id))).toBe(33);
    });
  });

  test('keeps the last figures with a cause while AWS fails, and clears it afterwards', async () => {
    makeStream(world, 1);
    collect();
    await firstFrameOf(1);
    put(world, 5);
    await waitFor(async () => expect(streamTotal(await frames())).toBe(5));

    world.faults.addFault({ effect: { type: 'error' }, operation: 'ListStreams' });
    await waitFor(async () => {
      const [state] = await database.db.select().from(schema.connectionState);
      expect(state?.failure?.message).toMatch(/kinesis:ListStreams/);
    });
    put(world, 7);
    await waitFor(async () => expect((await streams())[0]?.failure).not.toBeNull());
    expect(streamTotal(await frames())).toBe(5);

    world.faults.clearFaults();
    await waitFor(async () => expect(streamTotal(await frames())).toBe(12));
    // A listing that was refused a moment before may be written down after the figures.
    await waitFor(async () => {
      expect((await streams())[0]?.failure).toBeNull();
      const [state] = await database.db.select().from(schema.connectionState);
      expect(state?.failure).toBeNull();
    });
  });

  test('says since when reading fails by the clock of the store, whatever its own clock is', async () => {
    makeStream(world, 1);
    collect(hostname(), {}, { nowMs: () => Date.now() + 3_600_000 });
    await waitFor(async () => expect((await streams())[0]?.topologyId).not.toBeNull());
    const isNow = (sinceMs = 0) => expect(Math.abs(sinceMs - Date.now())).toBeLessThan(60_000);

    world.faults.addFault({ effect: { type: 'error' }, operation: 'GetMetricData' });
    await waitFor(async () => isNow((await streams())[0]?.failure?.sinceMs));
    world.faults.addFault({ effect: { type: 'error' }, operation: 'ListStreams' });
    await waitFor(async () => {
      const [state] = await database.db.select().from(schema.connectionState);
      isNow(state?.failure?.sinceMs);
    });
  });

  test('lists a new stream whose shards it cannot list, with the cause, and reads it once it can', async () => {
    makeStream(world, 2);
    world.engine.createStream({ streamName: 'other', shardCount: 1 });
    world.faults.addFault({
      effect: { type: 'error' },
      operation: 'ListShards',
      streamName: STREAM,
    });
    collect();
    const named = async (name: string) => (await streams()).find((s) => s.name === name);
    await waitFor(async () => {
      expect(await named(STREAM)).toMatchObject({
        openShardCount: 2,
        topologyId: null,
        failure: { message: expect.stringMatching(/kinesis:ListShards/) },
      });
      expect(await named('other')).toMatchObject({ topologyId: 1, failure: null });
    });
    const [state] = await database.db.select().from(schema.connectionState);
    expect(state?.failure).toBeNull();

    world.faults.clearFaults();
    await waitFor(async () => {
      const row = await named(STREAM);
      expect(row?.failure).toBeNull();
      expect((await frames()).map((frame) => frame.streamId)).toContain(row?.id);
    });
  });

  test('takes in only what it is told to', async () => {
    makeStream(world, 1);
    for (const streamName of ['other', 'orders-test']) {
      world.engine.createStream({ streamName, shardCount: 1 });
    }
    collect(hostname(), { include: ['orders*'], exclude: ['*-test'] });
    await waitFor(async () => expect((await streams()).map((s) => s.name)).toEqual([STREAM]));
  });
});

describe('two collectors of one connection', () => {
  test('have one leader; when it goes, the other takes over with another token', async () => {
    makeStream(world, 1);
    const one = collect('one');
    await waitFor(async () => expect(one.collector.state().role).toBe('leading'));
    const two = collect('two');
    await waitFor(async () => expect(two.collector.state().role).toBe('standby'));
    expect(one.collector.state().role).toBe('leading');
    const [before] = await database.db.select().from(schema.collectorLease);

    await one.stop();
    await waitFor(async () => expect(two.collector.state().role).toBe('leading'));
    const [after] = await database.db.select().from(schema.collectorLease);
    expect(after?.holder).toBe('two');
    expect(after?.token).toBeGreaterThan(before?.token ?? 0);
  });

  test('a leader whose lease was taken steps down, and writes no more', async () => {
    makeStream(world, 1);
    const one = collect('one');
    await firstFrameOf(1);
    // What a collector elsewhere does after this one was silent for too long.
    await database.db.update(schema.collectorLease).set({
      holder: 'elsewhere',
      token: 1_000,
      expiresAt: new Date(Date.now() + 60_000),
    });
    await waitFor(async () => expect(one.collector.state().role).toBe('standby'));
    const written = (await frames()).length;

    // It comes back, and goes on where it was stopped: what lies between, it had not written.
    await database.db.update(schema.collectorLease).set({ expiresAt: new Date(Date.now() - 1) });
    await waitFor(async () => expect(one.collector.state().role).toBe('leading'));
    await waitFor(async () => expect((await frames()).length).toBeGreaterThan(written));
    const [lease] = await database.db.select().from(schema.collectorLease);
    expect(lease).toMatchObject({ holder: 'one', token: 1_001 });
  });
});

describe('a collector of a slow account', () => {
  test('reads what nobody looks at rarely, and what somebody looks at at once and often', async () => {
    makeStream(world, 1);
    const cadence = { watchedSeconds: 1, unwatchedSeconds: 3_600, topologySeconds: 1 };
    const { collector } = collect(hostname(), { cadence });
    await waitFor(async () => expect((await streams())[0]?.collectedAt).toBeInstanceOf(Date));
    const [before] = await streams();
    expect(before?.cadenceSeconds).toBe(3_600);

    await database.db
      .insert(schema.watch)
      .values({ streamId: 1, watcher: 'a tab', expiresAt: new Date(Date.now() + 60_000) });
    collector.onNotification({ kind: 'watch', streamId: 1 });
    await waitFor(async () => {
      const [now] = await streams();
      expect(now?.cadenceSeconds).toBe(1);
      expect(Number(now?.collectedAt)).toBeGreaterThan(Number(before?.collectedAt) + 2 * PERIOD_MS);
    });
  });

  test('shows late metrics when they are whole, and never takes lateness for silence', async () => {
    await world.close();
    world = await startWorld(world, { basePeriodMs: PERIOD_MS, delayMs: 2 * PERIOD_MS });
    makeStream(world, 1);
    const heard: number[] = [];
    collect(hostname(), { metrics: { periodSeconds: PERIOD_SECONDS, delaySeconds: 4, also: [] } });
    const putting = setInterval(() => {
      put(world, 10);
      heard.push(Date.now());
    }, 200);
    ends.push(async () => clearInterval(putting));

    await waitFor(async () => expect((await frames()).length).toBeGreaterThan(5), 20_000);
    const all = await frames();
    const whole = all.filter((f) => f.periodStartMs > (heard[0] ?? 0));
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.filter((f) => Number.isNaN(streamValue(f, 'IncomingRecords')))).toEqual([]);
  });

  test('finds figures that came later than they should, though their silence is stored', async () => {
    await world.close();
    world = await startWorld(world, { basePeriodMs: PERIOD_MS, delayMs: 4 * PERIOD_MS });
    makeStream(world, 1);
    collect(hostname(), { metrics: { periodSeconds: PERIOD_SECONDS, delaySeconds: 1, also: [] } });
    await firstFrameOf(1);
    put(world, 10);
    const periodOfPut = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS;
    await waitFor(async () => {
      const stored = (await frames()).find((f) => f.periodStartMs === periodOfPut);
      expect(stored && Number.isNaN(streamValue(stored, 'IncomingRecords'))).toBe(true);
    });
    await waitFor(async () => expect(streamTotal(await frames())).toBe(10));
  });

  test('fills in the past, without a hole, as CloudWatch has it', async () => {
    await world.close();
    world = await openWorld(
      {
        ...DEFAULT_WORLD,
        ports: { kinesis: 0, dynamodb: 0, s3: 0, admin: 0 },
        pastMinutes: 4,
        rate: 0.1,
      },
      silentLog,
    );
    collect(hostname(), {
      metrics: { periodSeconds: 5, delaySeconds: 0, also: [] },
      include: ['tweets'],
    });
    const [known] = await waitFor(async () => {
      const rows = await streams();
      expect(rows).toHaveLength(1);
      return rows;
    });
    const firstMs = firstOwnPeriod(known?.createdAtMs ?? 0, 5);
    await waitFor(async () => expect((await frames(5))[0]?.periodStartMs).toBe(firstMs), 20_000);

    const all = await frames(5);
    const starts = all.map((f) => f.periodStartMs);
    expect(starts).toEqual(starts.map((_, i) => firstMs + i * 5_000));
    const connection = connectionTo(world);
    const aws = openAws(connection);
    ends.push(async () => aws.close());
    const endMs = (starts.at(-1) ?? 0) + 5_000;
    const [column] = await aws.getMetrics(
      [{ streamName: 'tweets', shardId: null, metric: 'IncomingRecords' }],
      { startMs: firstMs, endMs, periodSeconds: 5 },
      new AbortController().signal,
    );
    expect(Float32Array.from(all, (f) => streamValue(f, 'IncomingRecords'))).toEqual(column);
    expect(streamTotal(all)).toBeGreaterThan(1_000);
  });
});

describe('a stream that may not be described', () => {
  const unreadable = async () =>
    (await database.db.select().from(schema.connectionState))[0]?.unreadable ?? [];

  test('is told with the permission that is missing, while the others are read', async () => {
    makeStream(world, 1);
    world.engine.createStream({ streamName: 'secret', shardCount: 1 });
    world.faults.addFault({
      effect: { type: 'deny' },
      operation: 'DescribeStreamSummary',
      streamName: 'secret',
    });
    collect();
    await firstFrameOf(1);
    await waitFor(async () => expect(await unreadable()).toHaveLength(1));
    expect(await unreadable()).toMatchObject([
      {
        failure: { deniedAction: 'kinesis:DescribeStreamSummary' },
        streams: [{ streamName: 'secret', streamArn: expect.stringContaining(':stream/secret') }],
      },
    ]);
    const [state] = await database.db.select().from(schema.connectionState);
    expect(state?.failure).toBeNull();
    expect((await streams()).map(({ name }) => name)).toEqual([STREAM]);

    // Allowed: it becomes a stream like any other.
    world.faults.clearFaults();
    await waitFor(async () => expect(await unreadable()).toEqual([]));
    expect((await streams()).map(({ name }) => name)).toEqual([STREAM, 'secret']);
  });

  test('is forgotten when it is no longer listed', async () => {
    world.engine.createStream({ streamName: 'secret', shardCount: 1 });
    world.faults.addFault({ effect: { type: 'deny' }, operation: 'DescribeStreamSummary' });
    collect();
    await waitFor(async () => expect(await unreadable()).toHaveLength(1));
    world.engine.deleteStream({ streamName: 'secret' });
    await waitFor(async () => expect(await unreadable()).toEqual([]));
  });
});

describe('a stream that was created here', () => {
  const setups = () => database.db.select().from(schema.streamSetup);

  async function setUp(wanted: { retentionHours: number | null; keyId: string | null }) {
    const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName: STREAM });
    await database.db.insert(schema.streamSetup).values({
      connection: 'test',
      arn: streamArn,
      createdAtMs,
      name: STREAM,
      requestedBy: 'somebody',
      ...wanted,
    });
  }

  test('gets what CreateStream does not take, one step after the other', async () => {
    world.engine.createStream({ streamName: STREAM, shardCount: 1 });
    await setUp({ retentionHours: 48, keyId: 'alias/aws/kinesis' });
    collect();
    await waitFor(async () => expect((await setups())[0]?.finishedAt).not.toBeNull());
    expect((await setups())[0]?.failure).toBeNull();
    expect(world.engine.describeStreamSummary({ streamName: STREAM })).toMatchObject({
      retentionHours: 48,
      encryptionKeyId: 'alias/aws/kinesis',
    });
    await waitFor(async () =>
      expect((await streams())[0]).toMatchObject({ retentionHours: 48, encryption: 'KMS' }),
    );
  });

  test('is set up though an answer is lost, and no step is made twice', async () => {
    world.engine.createStream({ streamName: STREAM, shardCount: 1 });
    await setUp({ retentionHours: 48, keyId: null });
    world.faults.addFault({
      effect: { type: 'lose-answer' },
      operation: 'IncreaseStreamRetentionPeriod',
    });
    collect();
    await waitFor(async () => expect((await setups())[0]?.finishedAt).not.toBeNull());
    expect((await setups())[0]?.failure).toBeNull();
    expect(world.faults.listFaults()).toMatchObject([{ hits: 1 }]);
  });

  test('is left as it is where AWS refuses, with the cause', async () => {
    world.engine.createStream({ streamName: STREAM, shardCount: 1 });
    await setUp({ retentionHours: null, keyId: 'alias/mine' });
    world.faults.addFault({ effect: { type: 'deny' }, operation: 'StartStreamEncryption' });
    collect();
    await waitFor(async () => expect((await setups())[0]?.finishedAt).not.toBeNull());
    expect((await setups())[0]?.failure).toMatchObject({
      deniedAction: 'kinesis:StartStreamEncryption',
    });
  });

  test('keeps the retention that somebody else gave it meanwhile', async () => {
    world.engine.createStream({ streamName: STREAM, shardCount: 1 });
    world.engine.increaseRetention({ streamName: STREAM, retentionHours: 168 });
    await setUp({ retentionHours: 48, keyId: 'alias/aws/kinesis' });
    collect();
    await waitFor(async () => expect((await setups())[0]?.finishedAt).not.toBeNull());
    expect(world.engine.describeStreamSummary({ streamName: STREAM })).toMatchObject({
      retentionHours: 168,
      encryptionKeyId: 'alias/aws/kinesis',
    });
  });

  test('is left as it is on a connection that has become read-only, and that is said', async () => {
    world.engine.createStream({ streamName: STREAM, shardCount: 1 });
    await setUp({ retentionHours: 48, keyId: null });
    collect(hostname(), { readOnly: true });
    await waitFor(async () => expect((await setups())[0]?.finishedAt).not.toBeNull());
    expect((await setups())[0]?.failure?.message).toMatch(/read-only/);
    expect(world.engine.describeStreamSummary({ streamName: STREAM }).retentionHours).toBe(24);
  });
});

test('a stream that was changed here is looked into at once', async () => {
  makeStream(world, 1);
  const { collector } = collect(hostname(), {
    cadence: { watchedSeconds: 600, unwatchedSeconds: 600, topologySeconds: 600 },
  });
  await firstFrameOf(1);
  world.engine.createStream({ streamName: 'fresh', shardCount: 1 });
  collector.onNotification({ kind: 'collect', connection: 'test', streamName: 'fresh' });
  await waitFor(async () => expect((await streams()).map((s) => s.name)).toContain('fresh'));

  world.engine.increaseRetention({ streamName: STREAM, retentionHours: 48 });
  collector.onNotification({ kind: 'collect', connection: 'test', streamName: STREAM });
  await waitFor(async () => expect((await streams())[0]).toMatchObject({ retentionHours: 48 }));
});

test('quotas that cannot be read are said to be unreadable since they first were', async () => {
  world.faults.addFault({ effect: { type: 'deny' }, operation: 'DescribeLimits' });
  collect();
  const tries = () => world.faults.listFaults()[0]?.hits ?? 0;
  const failure = async () => (await database.db.query.accountLimits.findFirst())?.failure;
  await waitFor(async () => expect(await failure()).toBeTruthy());
  const first = await failure();
  expect(first).toMatchObject({ deniedAction: 'kinesis:DescribeLimits' });
  await waitFor(async () => expect(tries()).toBeGreaterThanOrEqual(3));
  expect(await failure()).toEqual(first);
});

describe('tags', () => {
  const rarely = { watchedSeconds: 600, unwatchedSeconds: 600, topologySeconds: 600 };
  const stored = () => database.db.select().from(schema.streamTags);

  test('are read when a stream is new, and again when it was changed here', async () => {
    world.engine.createStream({ streamName: STREAM, shardCount: 1, tags: { team: 'shop' } });
    const { collector } = collect(hostname(), { cadence: rarely });
    await waitFor(async () => expect(await stored()).toMatchObject([{ tags: { team: 'shop' } }]));

    world.engine.tagStream({ streamName: STREAM, tags: { team: 'web', empty: '' } });
    collector.onNotification({ kind: 'collect', connection: 'test', streamName: STREAM });
    await waitFor(async () =>
      expect(await stored()).toMatchObject([{ tags: { team: 'web', empty: '' }, failure: null }]),
    );
  });

  test('stay as they were while they may not be read, with the permission that is missing', async () => {
    world.engine.createStream({ streamName: STREAM, shardCount: 1, tags: { team: 'shop' } });
    const { collector } = collect(hostname(), { cadence: rarely });
    const lookAgain = () =>
      collector.onNotification({ kind: 'collect', connection: 'test', streamName: STREAM });
    await waitFor(async () => expect(await stored()).toMatchObject([{ failure: null }]));
    world.faults.addFault({ effect: { type: 'deny' }, operation: 'ListTagsForStream' });
    lookAgain();
    await waitFor(async () =>
      expect(await stored()).toMatchObject([
        {
          tags: { team: 'shop' },
          readAt: expect.any(Date),
          failure: { deniedAction: 'kinesis:ListTagsForStream' },
        },
      ]),
    );
    world.faults.clearFaults();
    lookAgain();
    await waitFor(async () => expect(await stored()).toMatchObject([{ failure: null }]));
  });

  test('that one collector has read, the next one does not read before their time', async () => {
    world.engine.createStream({ streamName: STREAM, shardCount: 1 });
    const first = collect('first', { cadence: rarely });
    await waitFor(async () => expect(await stored()).toMatchObject([{ tags: {} }]));
    await first.stop();
    const [before] = await stored();
    const { collector } = collect('second', { cadence: rarely });
    world.engine.createStream({ streamName: 'fresh', shardCount: 1 });
    await waitFor(async () => expect(collector.state().role).toBe('leading'));
    collector.onNotification({ kind: 'collect', connection: 'test', streamName: 'fresh' });
    // The new one is read after all that are due.
    await waitFor(async () => expect(await stored()).toHaveLength(2));
    expect((await stored()).find(({ streamId }) => streamId === before?.streamId)).toEqual(before);
  });
});
