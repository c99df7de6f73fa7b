import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { effectiveConnections } from '#server/config/effective-connections.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { acquireLease } from '#server/db/collector-lease.ts';
import { upsertConnection } from '#server/db/connection-state.ts';
import { collectorLease, connectionState, frame } from '#server/db/schema.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { startWorker, type Worker } from './start-worker.ts';

let testDatabase: TestDatabase;
let database: Database;
let world: World;
let worker: Worker;
let lines: string[];

beforeEach(async () => {
  lines = [];
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 2, onIdleError: () => undefined });
  world = await startWorld({ metrics: { basePeriodMs: 1_000, delayMs: 0 } });
  world.engine.createStream({ streamName: 'orders', shardCount: 1 });
  worker = await start();
});

afterEach(async () => {
  await worker.stop();
  await world.close();
  await database.close();
  await testDatabase.close();
});

function start(): Promise<Worker> {
  const KINETOSCOPE_EMBEDDED = JSON.stringify({ ...world.endpoints, periodSeconds: 1 });
  return startWorker({
    databaseUrl: testDatabase.url,
    healthPort: 0,
    connections: effectiveConnections(
      { connections: [], databaseUrl: null },
      { KINETOSCOPE_EMBEDDED },
    ),
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
  });
}

const frameCount = async () => (await database.db.select({ seq: frame.seq }).from(frame)).length;

const health = async () => {
  const answer = await fetch(`http://127.0.0.1:${worker.healthPort}/health`);
  return { status: answer.status, body: await answer.json() };
};

test('collects, and says how it is', async () => {
  await expect.poll(frameCount, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(await health()).toMatchObject({
    status: 200,
    body: {
      process: 'worker',
      collectors: [{ connection: 'embedded', role: 'leading', streams: 1, failure: null }],
    },
  });
  const elsewhere = await fetch(`http://127.0.0.1:${worker.healthPort}/`);
  expect(elsewhere.status).toBe(404);
});

test('outlives the loss of every connection to the store, with few words', async () => {
  await expect.poll(frameCount, { timeout: 10_000 }).toBeGreaterThan(0);
  const before = await frameCount();
  await database.db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await expect.poll(frameCount, { timeout: 15_000 }).toBeGreaterThan(before + 1);
  expect((await health()).body.collectors[0].role).toBe('leading');
  expect(lines.length).toBeLessThan(15);
});

test('gives its lease back when it stops', async () => {
  await expect.poll(frameCount, { timeout: 10_000 }).toBeGreaterThan(0);
  await worker.stop();
  const free = await database.db
    .select({ isFree: sql<boolean>`${collectorLease.expiresAt} <= clock_timestamp()` })
    .from(collectorLease);
  expect(free).toEqual([{ isFree: true }]);
});

test('takes out the connection of a worker that was killed just before', async () => {
  await worker.stop();
  await upsertConnection(database, {
    connection: 'former',
    region: 'us-east-1',
    source: 'AWS',
    readOnly: false,
    cadenceSeconds: 60,
    budgetDollarsPerDay: 1,
    charged: true,
  });
  await acquireLease(database, 'former', 'killed', 2_000);
  worker = await start();
  const names = async () =>
    (await database.db.select().from(connectionState)).map((state) => state.connection).sort();
  await expect.poll(names, { timeout: 10_000 }).toEqual(['embedded']);
});
