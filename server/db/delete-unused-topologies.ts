import { sql } from 'drizzle-orm';
import type { Transaction } from './collector-lease.ts';

/**
 * Deletes topologies that another one replaced before `replacedBeforeMs` and of which no frame is kept. A wide
 * stream's is megabytes, and a stream that scales by itself makes several a day.
 */
export async function deleteUnusedTopologies(
  tx: Transaction,
  connection: string,
  replacedBeforeMs: number,
): Promise<void> {
  const replacedBefore = new Date(replacedBeforeMs).toISOString();
  await tx.execute(sql`
    delete from topology using stream
    where stream.id = topology.stream_id and stream.connection = ${connection}
      and topology.id <> stream.topology_id
      and exists (
        select 1 from topology as later where later.stream_id = topology.stream_id
          and later.id > topology.id and later.observed_at < ${replacedBefore})
      and not exists (select 1 from frame where frame.topology_id = topology.id)`);
}
