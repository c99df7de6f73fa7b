import type { FigurePeriod } from './figure-period.ts';
import type { RingMap } from './ring-map.ts';
import type { ShardPage, ShardRowsWanted } from './shard-page.ts';
import type { StreamRow } from './stream-row.ts';

/** A shard on the wire: bigints as decimal text, exactly as Kinesis writes them. */
export type ShardRow = {
  readonly shardId: string;
  readonly startingHashKey: string;
  readonly endingHashKey: string;
  readonly parentShardId: string | null;
  readonly adjacentParentShardId: string | null;
  readonly startingSequenceNumber: string;
  /** null while the shard is open. */
  readonly endingSequenceNumber: string | null;
};

/** All shards of a topology. For the server: a browser gets their map and the rows in sight. */
export type TopologyView = {
  readonly topologyId: number;
  readonly observedAtMs: number;
  /** Open shards in range order: place i here is column i of each frame of this topology. */
  readonly open: readonly ShardRow[];
  /** Closed shards that ListShards still reports. */
  readonly closed: readonly ShardRow[];
};

/** Which topology is in force. */
export type TopologyHead = {
  readonly topologyId: number;
  readonly observedAtMs: number;
  readonly openCount: number;
  readonly closedCount: number;
};

/** That there are figures of a period, and of which shards; who shows them asks for those in sight. */
export type FrameHead = FigurePeriod & { readonly streamId: number; readonly topologyId: number };

export type StreamDetail = {
  readonly row: StreamRow;
  /** null until ListShards has answered once. */
  readonly topology: TopologyHead | null;
  /** The newest settled period; null where there is none. */
  readonly frame: FrameHead | null;
};

/** What the page of a stream is rendered with first. */
export type StreamPageStart = StreamDetail & {
  /** The part of the ring that the URL names; null until shards have been listed. */
  readonly ring: RingMap | null;
  /** The first rows of the shard table as the URL wants them, and what was asked for. */
  readonly shards: { readonly page: ShardPage; readonly wanted: ShardRowsWanted } | null;
};
