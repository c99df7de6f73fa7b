import pg from 'pg';
import type { Database } from './client.ts';

/**
 * Runs `run` while no other process of ours does so under the same name. Ends with the connection where this
 * process dies, so nothing stays locked. The connection is none of the pool's: a change may wait for AWS for most of a
 * minute, and what it reads meanwhile needs the pool, as everybody else does.
 * @returns null where somebody else holds it: `run` was not called then
 */
export async function withNameLock<T>(
  { pool }: Pick<Database, 'pool'>,
  name: string,
  run: () => Promise<T>,
): Promise<{ readonly value: T } | null> {
  const client = new pg.Client(pool.options);
  // One that breaks while AWS is asked would end the process unheard; giving the lock back fails then, which is as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const taken = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
      [name],
    );
    if (taken.rows[0]?.locked !== true) return null;
    try {
      return { value: await run() };
    } finally {
      // Before the connection ends, so that the next who asks finds it free. What was done is done, even if this fails.
      await client
        .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
        .catch(() => undefined);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}
