import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '#server/db/client.ts';
import { acquireLease } from '#server/db/collector-lease.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { openStoreWriter, type StoreWriter } from './store-writer.ts';

let testDatabase: TestDatabase;
let database: Database;
let write: StoreWriter;

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => undefined });
  const lease = await acquireLease(database, 'test', 'one', 60_000);
  if ('heldForMs' in lease) throw new Error('the lease of a new database is held');
  write = openStoreWriter(database, lease);
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

test('writes in the order of asking, one at a time, and goes on after one that failed', async () => {
  const order: string[] = [];
  const firstMayEnd = Promise.withResolvers<void>();
  const first = write(async () => {
    order.push('first begins');
    await firstMayEnd.promise;
    order.push('first ends');
  });
  const second = write(() => Promise.reject(new Error('refused')));
  const third = write(async () => {
    order.push('third');
    return 3;
  });
  await expect.poll(() => order).toEqual(['first begins']);
  firstMayEnd.resolve();
  await first;
  await expect(second).rejects.toThrow('refused');
  expect(await third).toBe(3);
  expect(order).toEqual(['first begins', 'first ends', 'third']);
});
