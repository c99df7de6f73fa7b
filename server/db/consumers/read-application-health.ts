import { eq } from 'drizzle-orm';
import type { ApplicationHealth } from '#lib/domain/consumers/application-health.ts';
import type { Database } from '#server/db/client.ts';
import { applicationState } from '#server/db/schema.ts';
import { unpackHealth } from './pack-health.ts';

/** How an application was at its newest reading, lease by lease. */
export type StoredHealth = { readonly observedAtMs: number; readonly health: ApplicationHealth };

/** What is kept is unpacked once: 5,000 leases take some 10 ms, and a page asks several times a reading. */
const KEPT_MAX = 64;
const kept = new WeakMap<Database, Map<number, StoredHealth>>();

/** @returns null before the first reading */
export async function readApplicationHealth(
  database: Database,
  applicationId: number,
): Promise<StoredHealth | null> {
  const { db } = database;
  const of = eq(applicationState.applicationId, applicationId);
  const [newest] = await db
    .select({ observedAt: applicationState.observedAt })
    .from(applicationState)
    .where(of);
  if (newest === undefined) return null;
  const byId = kept.get(database) ?? new Map<number, StoredHealth>();
  kept.set(database, byId);
  const known = byId.get(applicationId);
  if (known?.observedAtMs === newest.observedAt.getTime()) return known;

  const [row] = await db
    .select({ observedAt: applicationState.observedAt, health: applicationState.health })
    .from(applicationState)
    .where(of);
  if (row === undefined) return null;
  const read = { observedAtMs: row.observedAt.getTime(), health: await unpackHealth(row.health) };
  byId.delete(applicationId);
  byId.set(applicationId, read);
  for (const oldest of byId.keys()) {
    if (byId.size <= KEPT_MAX) break;
    byId.delete(oldest);
  }
  return read;
}
