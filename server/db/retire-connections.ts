import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { notify } from './notification.ts';

/**
 * Takes out the connections that are configured no longer, so that nothing of them is shown as present. Its
 * history stays. One whose lease is held is left alone: another worker's, or of one that was killed just now.
 * @returns the names of those taken out, and for how many milliseconds the longest of the leases of others that
 * are configured no longer has still to run; 0 where there are none
 */
export async function retireConnections(
  { db }: Database,
  configured: readonly string[],
): Promise<{ readonly retired: readonly string[]; readonly heldForMs: number }> {
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
    const held = await tx.execute<{ ms: string | null }>(sql`
      select max(extract(epoch from expires_at - clock_timestamp())) * 1000 as ms
      from collector_lease join connection_state using (connection)
      where not (connection = any(${arrayOf(configured)}))`);
    return { retired: names, heldForMs: Math.max(0, Number(held.rows[0]?.ms ?? 0)) };
  });
}

const arrayOf = (texts: readonly string[]) =>
  sql`array(select json_array_elements_text(${JSON.stringify(texts)}::json))`;
