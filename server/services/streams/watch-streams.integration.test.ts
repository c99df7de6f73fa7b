import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '#server/db/client.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type StreamWatcher, watchStreams } from './watch-streams.ts';

let testDatabase: TestDatabase;
let database: Database;
let watcher: StreamWatcher;
let streamIds: number[];

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 2, onIdleError: () => {} });
  const seed = seedOf(database);
  streamIds = [];
  for (const name of ['a', 'b', 'c']) {
    streamIds.push(await seed.stream({ connection: 'main', name }));
  }
  const log = pino({ level: 'silent' });
  watcher = watchStreams({ database, watcher: 'me', log, renewMs: 50 });
});

afterEach(async () => {
  await watcher.close();
  await database.close();
  await testDatabase.close();
});

async function watches() {
  const { rows } = await database.db.execute<{ stream_id: number; seconds: number }>(sql`
    select stream_id, extract(epoch from expires_at - now())::float as seconds
    from watch where watcher = 'me' order by stream_id`);
  return rows;
}
const watched = async () => (await watches()).map((row) => row.stream_id);

test('the set of streams becomes rows, for half a minute from now', async () => {
  watcher.set(new Set(streamIds.slice(0, 2)));
  await expect.poll(watched).toEqual(streamIds.slice(0, 2));
  for (const { seconds } of await watches()) {
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThanOrEqual(30);
  }
  watcher.set(new Set(streamIds.slice(1)));
  await expect.poll(watched).toEqual(streamIds.slice(1));
});

test('rows are renewed for as long as the streams are looked at', async () => {
  watcher.set(new Set(streamIds.slice(0, 1)));
  await expect.poll(watched).toEqual(streamIds.slice(0, 1));
  await database.db.execute(sql`update watch set expires_at = now() - interval '1 minute'`);
  await expect.poll(async () => (await watches())[0]?.seconds ?? 0).toBeGreaterThan(20);
});

test('the end takes the rows back, and leaves those of others', async () => {
  await database.db.execute(sql`
    insert into watch (stream_id, watcher, expires_at) values (${streamIds[0]}, 'other', now())`);
  watcher.set(new Set(streamIds));
  await expect.poll(watched).toEqual(streamIds);
  await watcher.close();
  const { rows } = await database.db.execute(sql`select watcher from watch`);
  expect(rows).toEqual([{ watcher: 'other' }]);
});

test('a stream that is not stored any more is left out', async () => {
  watcher.set(new Set([...streamIds, 999_999]));
  await expect.poll(watched).toEqual(streamIds);
});

test('what could not be written is written later', async () => {
  await database.db.execute(sql`alter table watch rename to watch_away`);
  watcher.set(new Set(streamIds));
  await database.db.execute(sql`alter table watch_away rename to watch`);
  await expect.poll(watched).toEqual(streamIds);
});
