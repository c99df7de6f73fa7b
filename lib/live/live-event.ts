import type { ReplayHead } from './replay-head.ts';
import type { FrameHead, TopologyHead } from './stream-detail.ts';
import type { ConnectionState, StreamRow } from './stream-row.ts';

/**
 * What the one subscription of a visible tab receives. After (re)connection: `snapshot`, and where a stream
 * is open which `topology` is in force and of which period its newest `frame` is; then changes. The shards
 * themselves do not come this way: who shows some asks for those in sight, of the period that it was told of. Each event carries the database's time, by which
 * the browser judges ages.
 */
export type LiveEvent = { readonly serverTimeMs: number } & (
  | {
      readonly type: 'snapshot';
      readonly revision: string;
      readonly connections: readonly ConnectionState[];
      readonly rows: readonly StreamRow[];
      /** Streams besides `rows` that have not changed since the state that the asker said it has: it keeps their rows. */
      readonly kept: readonly number[];
    }
  | {
      readonly type: 'rows';
      readonly revision: string;
      readonly connections: readonly ConnectionState[];
      readonly upsert: readonly StreamRow[];
      /** Streams that are gone: deleted, excluded, or of a former incarnation. */
      readonly removed: readonly number[];
    }
  | { readonly type: 'topology'; readonly streamId: number; readonly topology: TopologyHead }
  | { readonly type: 'frame'; readonly frame: FrameHead }
  /** All that are under way or ended last, whenever one of them came to another state; first of all those of now. */
  | { readonly type: 'replays'; readonly replays: readonly ReplayHead[] }
  /** The web process cannot reach its own store: everything shown is as old as it says. */
  | { readonly type: 'problem'; readonly message: string }
  /** Sent every 5 s when nothing else was: silence for 15 s means that the connection is lost. */
  | { readonly type: 'heartbeat' }
);
