import { eq } from 'drizzle-orm';
import { unpackTrack } from '#lib/domain/consumers/pack-track.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import type { Database } from '#server/db/client.ts';
import { unpackBytes } from '#server/db/consumers/pack-health.ts';
import { applicationState } from '#server/db/schema.ts';

/** What the collector remembers of an application; null: nothing yet. */
export async function readTrack(
  { db }: Pick<Database, 'db'>,
  applicationId: number,
): Promise<ApplicationTrack | null> {
  const [row] = await db
    .select({ track: applicationState.track })
    .from(applicationState)
    .where(eq(applicationState.applicationId, applicationId));
  return row?.track == null ? null : unpackTrack(await unpackBytes(row.track));
}
