import type { ConnectionState } from '#lib/live/stream-row.ts';
import type { StoredConnectionState } from '#server/db/read/connection-states.ts';

export function connectionStateOf(stored: StoredConnectionState): ConnectionState {
  return {
    connection: stored.connection,
    region: stored.region,
    source: stored.source,
    readOnly: stored.readOnly === 'yes',
    collection: {
      collectedAtMs: stored.collectedAt?.getTime() ?? null,
      cadenceSeconds: stored.cadenceSeconds,
      failure: stored.failure,
    },
    unreadable: stored.unreadable,
  };
}
