import { and, desc, eq, lte } from 'drizzle-orm';
import type { ManifestChunk } from '#lib/domain/replay/plan/manifest.ts';
import type { Database } from '#server/db/client.ts';
import { replayManifest } from './schema.ts';

/** The chunk of a frozen manifest that holds `place`. @throws RangeError where the manifest is shorter */
export async function readManifestChunk(
  { db }: Pick<Database, 'db'>,
  runId: number,
  place: number,
): Promise<ManifestChunk> {
  const [chunk] = await db
    .select({ first: replayManifest.first, entries: replayManifest.entries })
    .from(replayManifest)
    .where(and(eq(replayManifest.runId, runId), lte(replayManifest.first, place)))
    .orderBy(desc(replayManifest.first))
    .limit(1);
  if (chunk === undefined || place >= chunk.first + chunk.entries.length) {
    throw new RangeError(`The manifest of replay ${runId} has no object at place ${place}`);
  }
  return chunk;
}
