import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type Database, openDatabase } from './client.ts';
import { type Listener, listen } from './listen.ts';
import { NOTIFICATION_CHANNEL, type Notification, notify } from './notification.ts';

let testDatabase: TestDatabase;
let database: Database;
let listener: Listener;
let heard: Notification[];
let events: string[];

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 2, onIdleError: () => undefined });
  heard = [];
  events = [];
  listener = listen(testDatabase.url, {
    onNotification: (notification) => heard.push(notification),
    onConnect: () => events.push('connect'),
    onDisconnect: () => events.push('disconnect'),
    onMalformed: (payload) => events.push(`malformed ${payload}`),
  });
  await expect.poll(() => events).toEqual(['connect']);
});

afterEach(async () => {
  await listener.close();
  await database.close();
  await testDatabase.close();
});

const breakListener = () =>
  database.db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen %'`);

test('hears what is said, and says what it cannot read', async () => {
  await notify(database.db, { kind: 'stream', streamId: 7 });
  await database.db.execute(sql`select pg_notify(${NOTIFICATION_CHANNEL}, 'noise')`);
  await expect.poll(() => heard).toEqual([{ kind: 'stream', streamId: 7 }]);
  await expect.poll(() => events).toContain('malformed noise');
});

test('comes back by itself, and says that it was away', async () => {
  await breakListener();
  await expect.poll(() => events, { timeout: 5_000 }).toEqual(['connect', 'disconnect', 'connect']);
  await notify(database.db, { kind: 'stream', streamId: 8 });
  await expect.poll(() => heard).toEqual([{ kind: 'stream', streamId: 8 }]);
});

test('says nothing after it was closed', async () => {
  await listener.close();
  await notify(database.db, { kind: 'stream', streamId: 9 });
  const others = await database.db.execute(sql`
    select 1 from pg_stat_activity
    where datname = current_database() and query like 'listen %'`);
  expect(others.rowCount).toBe(0);
  expect(heard).toEqual([]);
  expect(events).toEqual(['connect']);
});
