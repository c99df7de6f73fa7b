import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type Database, openDatabase } from './client.ts';
import { acquireLease } from './collector-lease.ts';
import { upsertConnection } from './connection-state.ts';
import { retireConnections } from './retire-connections.ts';
import { connectionState, stream } from './schema.ts';
import { upsertStream } from './upsert-stream.ts';

let testDatabase: TestDatabase;
let database: Database;

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 2, onIdleError: () => undefined });
  for (const connection of ['embedded', 'production', 'elsewhere']) {
    await upsertConnection(database, {
      connection,
      region: 'us-east-1',
      source: 'AWS',
      readOnly: false,
      cadenceSeconds: 60,
      budgetDollarsPerDay: 1,
      charged: true,
    });
    await database.db.transaction((tx) => upsertStream(tx, connection, summary, 60));
  }
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

const summary = {
  streamName: 'orders',
  streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/orders',
  createdAtMs: 1,
  status: 'ACTIVE',
  mode: 'PROVISIONED',
  openShardCount: 1,
  consumerCount: 0,
  retentionHours: 24,
  encryption: 'NONE',
  shardMetrics: [],
} as const;

test('what is configured no longer is not shown as present; another worker’s is left alone', async () => {
  await acquireLease(database, 'elsewhere', 'another worker', 60_000);
  const { retired, heldForMs } = await retireConnections(database, ['production']);
  expect(retired).toEqual(['embedded']);
  expect(heldForMs).toBeGreaterThan(50_000);
  const states = await database.db.select().from(connectionState);
  expect(states.map((s) => s.connection).sort()).toEqual(['elsewhere', 'production']);
  const streams = await database.db.select().from(stream);
  const gone = streams.filter((s) => s.goneAt !== null);
  expect(gone.map((s) => s.connection)).toEqual(['embedded']);
});
