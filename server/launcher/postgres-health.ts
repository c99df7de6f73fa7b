import { Client, escapeIdentifier } from 'pg';

const CONNECT_MS_MAX = 5_000;
const DUPLICATE_DATABASE = '42P04';

/**
 * Whether PostgreSQL answers and holds the database, which is made if it is missing.
 *
 * @param maintenanceUrl address of the database that every cluster has (`postgres`)
 * @throws while it is not up, or still recovers
 */
export async function canServe(maintenanceUrl: string, database: string): Promise<boolean> {
  const client = new Client({
    connectionString: maintenanceUrl,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: CONNECT_MS_MAX,
  });
  // The server may go away between two statements; the statement rejects then, this event adds nothing.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [
      database,
    ]);
    if (rowCount === 0) await createDatabase(client, database);
    return true;
  } finally {
    await client.end();
  }
}

async function createDatabase(client: Client, database: string): Promise<void> {
  try {
    await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
  } catch (error) {
    if ((error as { code?: string }).code !== DUPLICATE_DATABASE) throw error;
  }
}
