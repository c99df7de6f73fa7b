import type { LineageBand } from '#lib/domain/lineage-bands.ts';
import type { LineageMark } from '#lib/domain/lineage-marks.ts';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import type { ShardState } from '#lib/live/shard-page.ts';
import type { ShardRow } from '#lib/live/stream-detail.ts';

/** A shard that is named in another's family; `state` is null where it was never seen here. */
export type Relative = { readonly shardId: string; readonly state: ShardState | null };

/** A shard with its life and family, on the wire. Times are epoch milliseconds on AWS's clock. */
export type LineageShardView = {
  /** As it was last reported. */
  readonly shard: ShardRow;
  readonly state: ShardState;
  /** From its first sequence number, to the second; null where that does not decode. */
  readonly createdAtMs: number | null;
  /** null while it is open, and where it is not known. */
  readonly endedAtMs: number | null;
  readonly parents: readonly Relative[];
  readonly children: readonly Relative[];
};

/** A band of the picture, on the wire. */
export type LineageBandView = Omit<LineageBand, 'shard'> & {
  readonly shard: LineageShardView | null;
};

/** The shards of a stream over time within a window of the ring, folded to what can be drawn. */
export type LineageMap = {
  readonly streamId: number;
  readonly topologyId: number;
  readonly window: RingWindow;
  /** As it was asked for, or from the oldest shard on. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly bands: readonly LineageBandView[];
  readonly marks: readonly LineageMark[];
  /** Of the whole stream, in sight or not. */
  readonly counts: { readonly [S in ShardState]: number };
  /** Shards that ended at a time that nobody knows, which are not drawn. */
  readonly undatedCount: number;
  /** When the oldest shard was made whose creation is known; null where none is. */
  readonly oldestCreatedAtMs: number | null;
};

/** Which shards hold, or held, a hash key: newest first. */
export type KeyHolders = {
  readonly streamId: number;
  readonly topologyId: number;
  readonly holders: readonly LineageShardView[];
};

/** The open shard of each of some hash keys, in their order; null where a hole of the ring holds it. */
export type KeyPlaces = {
  readonly streamId: number;
  readonly topologyId: number;
  readonly shardIds: readonly (string | null)[];
};
