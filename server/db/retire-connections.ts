import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { notify } from './notification.ts';

/**
 * Takes out the connections that are configured no longer, so that nothing of them is shown as present. Its
 * history stays. One whose lease is held is another worker's, and is left alone.
 * @returns the names of those taken out
 */
export async function retireConnections(
  { db }: Database,
  configured: readonly string[],
): Promise<readonly string[]> {
  return db.transaction(async (tx) => {
    const retired = await tx.execute<{ connection: string }>(sql`
      delete from connection_state as state
      where not (connection = any(${arrayOf(configured)}))
        and not exists (
          select 1 from collector_lease as lease
          where lease.connection = state.connection and lease.expires_at > clock_timestamp())
      returning connection`);
    const names = retired.rows.map((row) => row.connection);
    await tx.execute(sql`
      update stream set gone_at = clock_timestamp(), changed_at = clock_timestamp()
      where gone_at is null and connection = any(${arrayOf(names)})`);
    for (const connection of names) await notify(tx, { kind: 'connection', connection });
    return names;
  });
}

const arrayOf = (texts: readonly string[]) =>
  sql`array(select json_array_elements_text(${JSON.stringify(texts)}::json))`;
