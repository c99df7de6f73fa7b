import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packFloats, streamValue } from '#lib/domain/frame.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { migrate } from './migrate.ts';
import { readConnectionStates } from './read/connection-states.ts';
import { readCurrentStreams } from './read/current-streams.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
/** The first two: the schema before costs and administration came. */
const FORMER_COUNT = 2;

let testDatabase: TestDatabase;
let database: Database;
let formerFolder: string;

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 2, onIdleError: () => undefined });
  await database.db.execute(
    sql`drop schema public cascade; create schema public; drop schema if exists drizzle cascade`,
  );
  formerFolder = await mkdtemp(join(tmpdir(), 'kinetoscope-migrations-'));
  await cp(MIGRATIONS, formerFolder, { recursive: true });
  const journalFile = join(formerFolder, 'meta/_journal.json');
  const journal: { entries: unknown[] } = JSON.parse(await readFile(journalFile, 'utf8'));
  const former = { ...journal, entries: journal.entries.slice(0, FORMER_COUNT) };
  await writeFile(journalFile, JSON.stringify(former));
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
  await rm(formerFolder, { recursive: true });
});

test('a database that a former version filled is brought up to date, and what it holds is read', async () => {
  await applyMigrations(database.db, { migrationsFolder: formerFolder });
  const values = Buffer.from(packFloats(Float32Array.of(700, 7, 0, 1_400, 14, 0, 250)));
  await database.db.execute(sql`
    insert into connection_state (connection, region, source, read_only, cadence_seconds)
    values ('main', 'eu-central-1', 'AWS', 'no', 60)`);
  await database.db.execute(sql`
    insert into stream (id, connection, arn, created_at_ms, name, status, mode, open_shard_count,
      consumer_count, retention_hours, encryption, cadence_seconds, topology_id)
    values (1, 'main', 'arn', 1000, 'orders', 'ACTIVE', 'PROVISIONED', 1, 0, 24, 'NONE', 60, 1)`);
  await database.db.execute(sql`
    insert into topology (id, stream_id, fingerprint, observed_at, open_shard_count, shards)
    values (1, 1, 'one', now(), 1, '[]')`);
  await database.db.execute(sql`
    insert into frame (stream_id, period_seconds, period_start, topology_id, collected_at, stream_values,
      shard_values)
    values (1, 60, '2026-01-01T00:00:00Z', 1, now(), ${values}, '')`);

  await migrate(testDatabase.url);

  expect(await readConnectionStates(database)).toMatchObject([
    { connection: 'main', charged: 'yes', budgetDollarsPerDay: null, unreadable: [] },
  ]);
  const [current] = await readCurrentStreams(database);
  expect(current?.stream).toMatchObject({ name: 'orders', wantedCadenceSeconds: null });
  const frame = current?.frame;
  if (frame == null) throw new Error('the frame is lost');
  expect(streamValue(frame, 'IncomingBytes')).toBe(700);
  expect(streamValue(frame, 'GetRecords.IteratorAgeMilliseconds')).toBe(250);
  // Collected only since then: unknown of the time before.
  expect(streamValue(frame, 'PutRecords.TotalRecords')).toBeNaN();
});
