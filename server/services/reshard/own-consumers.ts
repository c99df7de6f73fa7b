import type { Database } from '#server/db/client.ts';
import {
  readApplications,
  type StoredApplication,
} from '#server/db/consumers/read-applications.ts';

/** The consumers of a stream. One of enhanced fan-out is told of as whoever reads through it. */
export async function readOwnConsumers(
  database: Database,
  streamId: number,
): Promise<readonly StoredApplication[]> {
  return (await readApplications(database, { streamId })).filter(
    ({ application: { source } }) => source.kind !== 'enhanced-fan-out' || source.usedBy === null,
  );
}
