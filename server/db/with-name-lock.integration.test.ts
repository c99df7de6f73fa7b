import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type Database, openDatabase } from './client.ts';
import { withNameLock } from './with-name-lock.ts';

let testDatabase: TestDatabase;
let one: Database;
let other: Database;

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  const open = () =>
    openDatabase(testDatabase.url, { connectionsMax: 2, onIdleError: () => undefined });
  one = open();
  other = open();
});

afterEach(async () => {
  await Promise.all([one.close(), other.close()]);
  await testDatabase.close();
});

test('while one holds a name no other process runs under it, and afterwards any may', async () => {
  const inside = Promise.withResolvers<void>();
  const over = Promise.withResolvers<string>();
  const first = withNameLock(one, 'a/orders', () => {
    inside.resolve();
    return over.promise;
  });
  await inside.promise;
  let ran = false;
  const run = async () => {
    ran = true;
  };
  expect(await withNameLock(other, 'a/orders', run)).toBeNull();
  expect(await withNameLock(one, 'a/orders', run)).toBeNull();
  expect(ran).toBe(false);
  expect(await withNameLock(other, 'a/clicks', async () => 'apart')).toEqual({ value: 'apart' });

  over.resolve('done');
  expect(await first).toEqual({ value: 'done' });
  expect(await withNameLock(other, 'a/orders', async () => 'next')).toEqual({ value: 'next' });
});

test('a run that fails gives the name back', async () => {
  const fail = () => Promise.reject(new Error('refused'));
  await expect(withNameLock(one, 'a/orders', fail)).rejects.toThrow('refused');
  expect(await withNameLock(other, 'a/orders', async () => 1)).toEqual({ value: 1 });
});

test('as many as the pool has connections leave it free for what they read', async () => {
  const results = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) =>
      withNameLock(one, name, () => one.pool.query<{ one: number }>('select 1 as one')),
    ),
  );
  expect(results.map((result) => result?.value.rows[0]?.one)).toEqual([1, 1, 1, 1]);
});

test('a connection that breaks meanwhile spoils nothing, and gives the name free', async () => {
  const value = await withNameLock(one, 'a/orders', async () => {
    await other.pool.query(`
      select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`);
    await expect
      .poll(async () => (await withNameLock(other, 'a/orders', async () => 'next'))?.value)
      .toBe('next');
    return 'done';
  });
  expect(value).toEqual({ value: 'done' });
});
