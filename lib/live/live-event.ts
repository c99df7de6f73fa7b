import type { FrameView, TopologyView } from './stream-detail.ts';
import type { ConnectionState, StreamRow } from './stream-row.ts';

/**
 * What the one subscription of a visible tab receives. After (re)connection: `snapshot`, and where a stream
 * is open its `topology` and newest `frame`; then changes. Each event carries the database's time, by which
 * the browser judges ages.
 */
export type LiveEvent = { readonly serverTimeMs: number } & (
  | {
      readonly type: 'snapshot';
      readonly connections: readonly ConnectionState[];
      readonly rows: readonly StreamRow[];
    }
  | {
      readonly type: 'rows';
      readonly connections: readonly ConnectionState[];
      readonly upsert: readonly StreamRow[];
      /** Streams that are gone: deleted, excluded, or of a former incarnation. */
      readonly removed: readonly number[];
    }
  | { readonly type: 'topology'; readonly streamId: number; readonly topology: TopologyView }
  | { readonly type: 'frame'; readonly frame: FrameView }
  /** The web process cannot reach its own store: everything shown is as old as it says. */
  | { readonly type: 'problem'; readonly message: string }
  /** Sent every 5 s when nothing else was: silence for 15 s means that the connection is lost. */
  | { readonly type: 'heartbeat' }
);
