import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '#server/db/client.ts';
import { watch } from '#server/db/schema.ts';

/** Takes back the watches of `watcher` on `streamIds`. */
export async function endWatch(
  { db }: Database,
  args: { readonly streamIds: readonly number[]; readonly watcher: string },
): Promise<void> {
  if (args.streamIds.length === 0) return;
  await db
    .delete(watch)
    .where(and(eq(watch.watcher, args.watcher), inArray(watch.streamId, [...args.streamIds])));
}
