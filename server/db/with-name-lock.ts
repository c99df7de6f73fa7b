import type { Database } from './client.ts';

/**
 * Runs `run` while no other process of ours does so under the same name. Ends with the connection where this
 * process dies, so nothing stays locked.
 * @returns null where somebody else holds it: `run` was not called then
 */
export async function withNameLock<T>(
  { pool }: Pick<Database, 'pool'>,
  name: string,
  run: () => Promise<T>,
): Promise<{ readonly value: T } | null> {
  const client = await pool.connect();
  let locked = false;
  let broken = false;
  try {
    const taken = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
      [name],
    );
    locked = taken.rows[0]?.locked === true;
    return locked ? { value: await run() } : null;
  } finally {
    if (locked) {
      // What was done is done: a lock that cannot be given back goes with its connection.
      broken = await client
        .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
        .then(
          () => false,
          () => true,
        );
    }
    client.release(broken);
  }
}
