import type { RingWindow } from '#lib/domain/ring-map.ts';
import type { FigurePeriod } from './figure-period.ts';

/**
 * The shards of a stream within a window of the ring, folded to what can be drawn, on the wire. All of one
 * topology and one period.
 */
export type RingMap = {
  readonly streamId: number;
  readonly topologyId: number;
  readonly window: RingWindow;
  readonly openCount: number;
  readonly closedCount: number;
  /** null where the asker has that of this topology and window already. */
  readonly geometry: RingGeometry | null;
  /** null where no period has been read of this topology. */
  readonly period: FigurePeriod | null;
  /** One float32 a cell, in base64: use of the tightest limit of its worst shard, NaN where unknown. Empty where nothing is known of any. */
  readonly use: string;
  /** Cells in which a shard refuses. */
  readonly throttled: readonly number[];
  /** The worst shard of each cell, as steps from the cell's first place. */
  readonly worst: readonly number[];
  /** Sums of the shards that stand alone, in the order of `alone` and the layout of a frame, in base64. */
  readonly aloneValues: string;
};

/** What a topology looks like through a window. Arrays run by cell, from left to right. */
export type RingGeometry = {
  /** Millionths of the window. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Places among the open shards of the whole ring; both inclusive. */
  readonly firstPlaces: readonly number[];
  readonly lastPlaces: readonly number[];
  readonly alone: readonly AloneShard[];
  readonly ghosts: readonly RingGhost[];
  /** Closed shards of generations that are not drawn. */
  readonly olderCount: number;
};

/** A shard that has a cell of its own. Keys as decimal text. */
type AloneShard = {
  readonly cell: number;
  readonly shardId: string;
  readonly startingHashKey: string;
  readonly endingHashKey: string;
};

/** Closed shards side by side below the open ones that came of them; thin ones fall together. */
export type RingGhost = {
  /** Shares of the window. */
  readonly start: number;
  readonly end: number;
  /** 1: parents of open shards; 2: their parents ... */
  readonly generation: number;
  /** Set where it is one shard. */
  readonly shardId: string | null;
  readonly count: number;
};
