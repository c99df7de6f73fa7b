import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** Any constant that nothing else of ours locks by. */
const MIGRATION_LOCK = 4_937_201_188;

const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings the database to the schema of this checkout. Safe to run from several processes at once: the
 * later ones wait for the first and then find nothing to do.
 * @throws the driver's error where the database cannot be reached or a statement fails; what one call
 * applies is one transaction, so a failed call leaves nothing behind.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    // "schema exists already, skipping" is told on each start and says nothing.
    options: '-c client_min_messages=warning',
  });
  await client.connect();
  try {
    // A session lock: it falls with the connection, so a killed process cannot keep it.
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
  } finally {
    await client.end();
  }
}
