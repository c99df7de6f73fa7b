import { keepsLeases } from '#lib/domain/consumers/application.ts';
import { rangeLag } from '#lib/domain/reshard/range-lag.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { AffectedConsumerView } from '#lib/reshard/affected-consumer.ts';
import type { Database } from '#server/db/client.ts';
import { readApplicationHealth } from '#server/db/consumers/read-application-health.ts';
import { applicationView } from '#server/services/consumers/application-view.ts';
import { readOwnConsumers } from './own-consumers.ts';

/** The consumers of a stream, by their newest readings: how far each is in the shards that a plan closes. */
export async function readAffectedConsumers(
  database: Database,
  streamId: number,
  closing: ReadonlySet<ShardId>,
): Promise<readonly AffectedConsumerView[]> {
  const stored = await readOwnConsumers(database, streamId);
  return Promise.all(
    stored.map(async (one): Promise<AffectedConsumerView> => {
      const { applicationId, connection, streamName, kind, name, observedAtMs } =
        applicationView(one);
      const read = await readApplicationHealth(database, applicationId);
      return {
        applicationId,
        connection,
        streamName,
        kind,
        name,
        observedAtMs,
        inRange: read !== null && keepsLeases(kind) ? rangeLag(read.health.leases, closing) : null,
        lag: read?.health.lag ?? null,
      };
    }),
  );
}
