import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { openTestDatabase } from './postgres.ts';

async function queryOnce(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('openTestDatabase', () => {
  it('gives each caller a migrated database of its own', async () => {
    const [one, other] = await Promise.all([openTestDatabase(), openTestDatabase()]);
    try {
      await queryOnce(one.url, 'CREATE TABLE mine (id int)');
      const tables = `SELECT count(*)::int AS count FROM pg_tables WHERE tablename = 'mine'`;
      expect(await queryOnce(one.url, tables)).toEqual([{ count: 1 }]);
      expect(await queryOnce(other.url, tables)).toEqual([{ count: 0 }]);
      const migrated = await queryOnce(
        other.url,
        `SELECT count(*)::int AS count FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
      );
      expect(migrated).not.toEqual([{ count: 0 }]);
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  });

  it('removes the database though somebody is still connected', async () => {
    const database = await openTestDatabase();
    const left = new Client({ connectionString: database.url });
    // on, not once: the driver tells it by the server's farewell and again by the closed socket.
    const ended = new Promise((resolve) => left.on('error', resolve));
    await left.connect();
    await database.close();
    await expect(ended).resolves.toMatchObject({ code: '57P01' });
    await expect(queryOnce(database.url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
  });
});
