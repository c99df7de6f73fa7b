import type { ConnectionState, StreamRow } from './stream-row.ts';

/** All that the Streams page shows, read at one moment of the database's clock. */
export type StreamsSnapshot = {
  readonly serverTimeMs: number;
  /** Which state of the rows it is, in a web process's own words; null where that has not kept it. */
  readonly revision: string | null;
  readonly connections: readonly ConnectionState[];
  /** Ordered by connection, then by stream name. */
  readonly rows: readonly StreamRow[];
};
