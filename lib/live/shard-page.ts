import type { ShardArrangement } from '#lib/shards/arrange-shards.ts';
import type { FigurePeriod } from './figure-period.ts';
import type { ShardRow } from './stream-detail.ts';

/** `closed`: takes no more records, and those in it can be read; `expired`: past retention, known from before. */
export type ShardState = 'open' | 'closed' | 'expired';

/** A shard with its figures, on the wire. */
export type ShardLine = {
  readonly shard: ShardRow;
  readonly state: ShardState;
  /** Among the open shards in range order; null for one that is not open. */
  readonly place: number | null;
  readonly childShardIds: readonly string[];
  /** Sums of SHARD_METRICS over the period; null where there is no datapoint, and for all where nothing is known. */
  readonly values: readonly (number | null)[] | null;
};

/** How many shards there are. `expired` are counted only where they were asked for. */
export type ShardCounts = {
  readonly open: number;
  readonly closed: number;
  readonly expired: number | null;
};

/** What is said of all shards of an answer: one topology, one period. */
export type ShardsHead = {
  readonly streamId: number;
  readonly topologyId: number;
  readonly period: FigurePeriod | null;
  /** False where the period has no figure of any shard: shard-level metrics are off. */
  readonly hasShardFigures: boolean;
};

/** Which rows of the shard table are asked for. */
export type ShardRowsWanted = {
  readonly arrangement: ShardArrangement;
  readonly offset: number;
  readonly limit: number;
  /** Tells where in the table this shard is. */
  readonly chosenShardId: string | null;
  /** The rows around the chosen shard instead, where it is not among those. */
  readonly aroundChosen: boolean;
};

/** Some rows of the shard table. */
export type ShardPage = ShardsHead & {
  readonly counts: ShardCounts;
  /** Rows that the table has in all. */
  readonly matched: number;
  /** Place of `lines[0]` among them. */
  readonly offset: number;
  readonly lines: readonly ShardLine[];
  /** As it was asked for. */
  readonly chosenShardId: string | null;
  /** Place of the chosen shard in the table; null where none is chosen or the table has no row of it. */
  readonly chosenAt: number | null;
  /** What the chosen shard is, in the table or not; null where none is chosen or none bears the id. */
  readonly chosenState: ShardState | null;
};

/** One shard. */
export type ShardDetail = ShardsHead & {
  readonly line: ShardLine;
  /** 0 for the open shard that is worst off, and so on; null for one that is not open. */
  readonly rank: number | null;
  readonly openCount: number;
};
