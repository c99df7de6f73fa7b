import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema.ts';

export type Database = {
  readonly db: NodePgDatabase<typeof schema>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

/**
 * A pool on `databaseUrl`. Connects on first use; survives the server's restart, as the pool makes new
 * connections for those that broke. `onIdleError` hears of connections that break while unused.
 */
export function openDatabase(
  databaseUrl: string,
  options: { readonly connectionsMax: number; readonly onIdleError: (error: Error) => void },
): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.connectionsMax,
    connectionTimeoutMillis: 3_000,
    // A query that hangs on a dead server must end, so that callers can say so.
    query_timeout: 15_000,
  });
  pool.on('error', options.onIdleError);
  // One that breaks between two statements of a transaction tells nobody else, and unheard it would end the
  // process. The next statement fails, and says why.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
