import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openTestDatabase } from '#server/testing/postgres.ts';
import { openDatabase } from './client.ts';

test('a connection that breaks inside a transaction fails it, and nothing else', async () => {
  const testDatabase = await openTestDatabase();
  const database = openDatabase(testDatabase.url, {
    connectionsMax: 2,
    onIdleError: () => undefined,
  });
  try {
    const transaction = database.db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await database.db.execute(sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`);
      // The news of the end arrives here, while no statement waits for an answer.
      await new Promise((resolve) => setImmediate(resolve));
      await database.db.execute(sql`select 1`);
      await tx.execute(sql`select 1`);
    });
    await expect(transaction).rejects.toThrow();
    expect((await database.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  } finally {
    await database.close();
    await testDatabase.close();
  }
});
