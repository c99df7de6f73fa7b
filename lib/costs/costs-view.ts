import type { ShardMetric } from '#lib/domain/shard-metric.ts';

/** What watching costs, as it goes over the wire. Instants are of the database's clock; money is by list price. */
export type CostsView = {
  readonly readAtMs: number;
  readonly connections: readonly ConnectionCosts[];
};

export type ConnectionCosts = {
  readonly connection: string;
  readonly source: string;
  /** false: the embedded world. What is shown is what AWS would charge. */
  readonly charged: boolean;
  /** null: no budget. */
  readonly budgetDollarsPerDay: number | null;
  /** Start of the present UTC day, by which the budget is kept. */
  readonly dayStartMs: number;
  /** Metrics requested on this UTC day. */
  readonly metricsToday: number;
  /** Metrics requested on each of the last UTC days, oldest first; the present one is the last. */
  readonly days: readonly { readonly dayStartMs: number; readonly metrics: number }[];
  readonly streams: readonly StreamCosts[];
};

export type StreamCosts = {
  readonly streamId: number;
  readonly streamName: string;
  readonly cadenceSeconds: number;
  /** What the cadence would be without a budget; null: not planned yet. */
  readonly wantedCadenceSeconds: number | null;
  /** null: not planned yet. */
  readonly metricsPerReading: number | null;
  readonly metricsToday: number;
  readonly openShardCount: number;
  /** A property of the stream, charged to whoever switched them on, whether anybody watches or not. */
  readonly shardMetrics: readonly ShardMetric[];
};

/** What one stream's page says of how often it is read. */
export type StreamCadence = {
  readonly streamId: number;
  readonly cadenceSeconds: number;
  readonly wantedCadenceSeconds: number | null;
  readonly metricsPerReading: number | null;
  readonly budgetDollarsPerDay: number | null;
  readonly charged: boolean;
};

/** How many streams of a connection are read more rarely than wanted, to keep its budget. */
export type StretchedStreams = {
  readonly connection: string;
  readonly budgetDollarsPerDay: number;
  readonly stretched: number;
  readonly streams: number;
  readonly slowestCadenceSeconds: number;
};
