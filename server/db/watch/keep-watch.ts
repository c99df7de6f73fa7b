import { sql } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { stream, watch } from '#server/db/schema.ts';

/**
 * Makes or renews the watch of `watcher` on each of `streamIds`, for `ttlSeconds` from now on the database's
 * clock. Streams that are no longer stored are left out.
 */
export async function keepWatch(
  { db }: Database,
  args: {
    readonly streamIds: readonly number[];
    readonly watcher: string;
    readonly ttlSeconds: number;
  },
): Promise<void> {
  if (args.streamIds.length === 0) return;
  await db.execute(sql`
    insert into ${watch} (stream_id, watcher, expires_at)
    select ${stream.id}, ${args.watcher}, now() + make_interval(secs => ${args.ttlSeconds})
    from ${stream} where ${stream.id} in ${[...args.streamIds]}
    on conflict (stream_id, watcher) do update set expires_at = excluded.expires_at
  `);
}
