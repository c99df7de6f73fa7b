import type { ConnectionState, StreamRow } from './stream-row.ts';

/** All that the Streams page shows, read at one moment of the database's clock. */
export type StreamsSnapshot = {
  readonly serverTimeMs: number;
  readonly connections: readonly ConnectionState[];
  /** Ordered by connection, then by stream name. */
  readonly rows: readonly StreamRow[];
};
