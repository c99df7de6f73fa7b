import type { ApplicationHealth } from '#lib/domain/consumers/application-health.ts';
import { unpackTrack } from '#lib/domain/consumers/pack-track.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import { loadApplications } from '#server/db/consumers/load-applications.ts';
import { unpackBytes, unpackHealth } from '#server/db/consumers/pack-health.ts';
import { readConsumerTables } from '#server/db/consumers/read-consumer-tables.ts';
import type { ConsumerCollection } from './consumer-collection.ts';
import { DESCRIBE_AGAIN_MS } from './find-tables.ts';
import { applicationKey, followApplication } from './followed-application.ts';
import { followTable } from './followed-table.ts';

/** Takes up what the collector before us knew: applications go on from where it saw them last. */
export async function rememberConsumers(consumers: ConsumerCollection): Promise<void> {
  const { collection, applications, tables, describedAgainAtMs } = consumers;
  const { connection, database, log } = collection;
  const reading = connection.consumers;
  for (const table of await readConsumerTables(database, connection.name)) {
    const { tableName, layout, readCapacity, binding, boundByHand, checkedAt } = table;
    const everyMs = DESCRIBE_AGAIN_MS[layout === 'other' ? 'others' : 'consumers'];
    // Our clock and the store's differ by too little to matter here.
    const agoMs = Math.max(0, Date.now() - checkedAt.getTime());
    describedAgainAtMs.set(tableName, performance.now() + everyMs - agoMs);
    if (layout === 'other') continue;
    const known = { binding, boundByHand };
    tables.set(tableName, followTable(tableName, layout, readCapacity, reading, known));
  }
  for (const stored of await loadApplications(database, connection.name)) {
    const { applicationId, streamId, source, failure } = stored;
    let track: ApplicationTrack | null = null;
    let health: ApplicationHealth | null = null;
    try {
      if (stored.track !== null) track = unpackTrack(await unpackBytes(stored.track));
      if (stored.health !== null) health = await unpackHealth(stored.health);
    } catch (error) {
      // Written by another version of ours: it is observed anew, as one that was never seen.
      log.warn({ error, applicationId }, 'what was remembered of a consumer cannot be read');
    }
    applications.set(
      applicationKey(streamId, source),
      followApplication(
        { applicationId, streamId, source, cadenceSeconds: reading.unwatchedSeconds },
        { track, health, failure },
      ),
    );
  }
}
