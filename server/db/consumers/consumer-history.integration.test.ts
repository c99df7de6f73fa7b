import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LagFrame } from '#lib/domain/consumers/lag-frame.ts';
import { tiersOf } from '#lib/domain/roll-up.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { application, applicationEvent, leaseObservation, stream } from '#server/db/schema.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { deleteGoneApplications, deleteOldConsumers } from './delete-old-consumers.ts';
import { readLagFrames, writeLagFrame } from './lag-frames.ts';

const CONNECTION = 'test';
const TIERS = tiersOf(5);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The beginning of an hour. */
const START_MS = Date.UTC(2026, 10, 23, 12);

const frame = (...seconds: readonly number[]): LagFrame =>
  seconds.map((atLeastSeconds, index) => ({
    shardId: shardIdOf(index),
    status: 'OK',
    atLeastSeconds,
    atMostSeconds: atLeastSeconds + 1,
  }));

describe('what is kept of consumers', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let streamId: number;
  let made = 0;

  beforeAll(async () => {
    testDatabase = await openTestDatabase();
    database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => undefined });
    const [row] = await database.db
      .insert(stream)
      .values({
        connection: CONNECTION,
        arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/orders',
        createdAtMs: START_MS,
        name: 'orders',
        status: 'ACTIVE',
        mode: 'PROVISIONED',
        openShardCount: 2,
        consumerCount: 0,
        retentionHours: 24,
        encryption: 'NONE',
        cadenceSeconds: 5,
      })
      .returning({ id: stream.id });
    streamId = row?.id ?? 0;
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.close();
  });

  async function anApplication(goneAt: Date | null = null): Promise<number> {
    made += 1;
    const name = `application-${made}`;
    const [row] = await database.db
      .insert(application)
      .values({
        connection: CONNECTION,
        streamId,
        kind: 'firehose',
        name,
        source: {
          kind: 'firehose',
          deliveryStreamName: name,
          deliveryStreamArn: '',
          status: 'ACTIVE',
        },
        discoveredAt: new Date(START_MS),
        cadenceSeconds: 5,
        goneAt,
      })
      .returning({ id: application.id });
    return row?.id ?? 0;
  }

  const write = (applicationId: number, atMs: number, found: LagFrame) =>
    database.db.transaction((tx) => writeLagFrame(tx, applicationId, atMs, found, TIERS));

  const read = (applicationId: number, periodSeconds: number) =>
    readLagFrames(database, {
      applicationId,
      periodSeconds,
      fromMs: START_MS - 24 * HOUR_MS,
      toMs: START_MS + 24 * HOUR_MS,
    });

  const worstAt = async (applicationId: number, periodSeconds: number) =>
    (await read(applicationId, periodSeconds)).map(({ periodStartMs, frame: found }) => [
      (periodStartMs - START_MS) / 1000,
      ...found.map(({ atLeastSeconds }) => atLeastSeconds),
    ]);

  test('is the worst of each period, and of each longer one that is over', async () => {
    const id = await anApplication();
    await write(id, START_MS + 1_000, frame(3, 9));
    await write(id, START_MS + 4_000, frame(7, 2));
    expect(await worstAt(id, 5)).toEqual([[0, 7, 9]]);
    await write(id, START_MS + 30_000, frame(1, 30));
    expect(await worstAt(id, 60)).toEqual([]);
    await write(id, START_MS + MINUTE_MS, frame(100, 100));
    expect(await worstAt(id, 60)).toEqual([[0, 7, 30]]);
    // Found again in the same period: nothing longer is over by it.
    await write(id, START_MS + MINUTE_MS + 1_000, frame(200, 0));
    expect(await worstAt(id, 60)).toHaveLength(1);
  });

  test('is made up for where a collector left longer periods undone', async () => {
    const id = await anApplication();
    for (const minute of [0, 1, 2, 7]) {
      await write(id, START_MS + minute * MINUTE_MS, frame(minute));
    }
    await write(id, START_MS + HOUR_MS, frame(99));
    expect(await worstAt(id, 60)).toEqual([
      [0, 0],
      [60, 1],
      [120, 2],
      [420, 7],
    ]);
    expect(await worstAt(id, 300)).toEqual([
      [0, 2],
      [300, 7],
    ]);
    expect(await worstAt(id, 900)).toEqual([[0, 7]]);
    expect(await worstAt(id, 3_600)).toEqual([[0, 7]]);
  });

  test('goes when it is kept no longer, and what is younger stays', async () => {
    const id = await anApplication();
    const nowMs = START_MS + 12 * HOUR_MS;
    for (const hour of [0, 6, 11]) {
      await write(id, START_MS + hour * HOUR_MS, frame(hour));
      const observedAt = new Date(START_MS + hour * HOUR_MS);
      const body = Buffer.alloc(1);
      await database.db.insert(leaseObservation).values({ applicationId: id, observedAt, body });
    }
    const happened = (at: number) => ({
      applicationId: id,
      at: new Date(at),
      shardId: null,
      kind: 'lease-lost',
      detail: {},
    });
    await database.db
      .insert(applicationEvent)
      .values([happened(nowMs - 31 * 24 * HOUR_MS), happened(nowMs - 29 * 24 * HOUR_MS)]);
    const other = await anApplication();
    await database.db.update(application).set({ connection: 'other' });
    await database.db.insert(applicationEvent).values({ ...happened(0), applicationId: other });

    const keep = { observationsKeepMs: 2 * HOUR_MS, tiers: TIERS, nowMs };
    await database.db.transaction((tx) => deleteOldConsumers(tx, CONNECTION, keep));
    expect(await worstAt(id, 5)).toHaveLength(3);
    await database.db.transaction((tx) => deleteOldConsumers(tx, 'other', keep));
    expect(await worstAt(id, 5)).toEqual([[11 * 3_600, 11]]);
    expect((await worstAt(id, 60)).length).toBe(2);
    expect(await database.db.select().from(leaseObservation)).toHaveLength(1);
    expect(await database.db.select().from(applicationEvent)).toHaveLength(1);
  });

  test('of an application that is gone stays for a while', async () => {
    const [lately, long] = [
      await anApplication(new Date(Date.now() - MINUTE_MS)),
      await anApplication(new Date(Date.now() - 2 * HOUR_MS)),
    ];
    await database.db.transaction((tx) => deleteGoneApplications(tx, CONNECTION, HOUR_MS));
    const left = (await database.db.select().from(application)).map(({ id }) => id);
    expect(left).toContain(lately);
    expect(left).not.toContain(long);
  });
});
