import type { StreamRow } from './stream-row.ts';

/** The order of rows on the wire and in the store: by connection, then name, then age. */
export function byName(a: StreamRow, b: StreamRow): number {
  if (a.connection !== b.connection) return a.connection < b.connection ? -1 : 1;
  if (a.streamName !== b.streamName) return a.streamName < b.streamName ? -1 : 1;
  return a.createdAtMs - b.createdAtMs;
}
