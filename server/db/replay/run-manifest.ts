import { and, eq, gt } from 'drizzle-orm';
import type { ManifestChunk } from '#lib/domain/replay/plan/manifest.ts';
import type { Database } from '#server/db/client.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { replayManifest } from './schema.ts';

/** Chunks that a plan goes through at once; each is of 1,000 objects at most. */
const CHUNKS_PER_READ = 20;

/** Stores a chunk while its run is planned; one that begins at the same place is replaced. */
export async function insertManifestChunk(
  tx: Transaction,
  runId: number,
  { first, entries }: ManifestChunk,
): Promise<void> {
  await tx
    .insert(replayManifest)
    .values({ runId, first, entries })
    .onConflictDoUpdate({
      target: [replayManifest.runId, replayManifest.first],
      set: { entries },
    });
}

export async function deleteManifest(tx: Transaction, runId: number): Promise<void> {
  await tx.delete(replayManifest).where(eq(replayManifest.runId, runId));
}

/** All chunks of a manifest in order, some at a time. */
export async function* readManifest(
  { db }: Pick<Database, 'db'>,
  runId: number,
): AsyncGenerator<ManifestChunk, void> {
  for (let after = -1; ; ) {
    const chunks = await db
      .select({ first: replayManifest.first, entries: replayManifest.entries })
      .from(replayManifest)
      .where(and(eq(replayManifest.runId, runId), gt(replayManifest.first, after)))
      .orderBy(replayManifest.first)
      .limit(CHUNKS_PER_READ);
    yield* chunks;
    const last = chunks.at(-1);
    if (last === undefined || chunks.length < CHUNKS_PER_READ) return;
    after = last.first;
  }
}
