import type { ShardId } from '#lib/domain/shard.ts';

/** What CloudWatch counted of records that arrived after an instant. */
export type ArrivedSince = {
  /** Sums over periods that lie wholly after the instant. What came in the period of the instant is not among them. */
  readonly records: number;
  readonly bytes: number;
  /** End of the first of these periods in which records arrived: by then there surely was one. null: in none. */
  readonly firstEndMs: number | null;
  /** Nothing is known from here on: silence after it is not silence. */
  readonly knownThroughMs: number;
  /** Whether every period from the first after the instant to `knownThroughMs` is known: else the sums are "at least". */
  readonly isComplete: boolean;
  /** false: shard-level metrics are off, and the figures are those of the whole stream. */
  readonly perShard: boolean;
};

/** What arrived at a stream's shards, from IncomingRecords and IncomingBytes. */
export type Arrivals = {
  /** Epoch milliseconds on AWS's clock. null where nothing is known of any time after it. */
  since(shardId: ShardId, fromMs: number): ArrivedSince | null;
};
