import type { ShardId } from '#lib/domain/shard.ts';

/** What CloudWatch counted of records that arrived after an instant. */
export type ArrivedSince = {
  /** Sums over periods that lie wholly after the instant. What came in the period of the instant is not among them. */
  readonly records: number;
  readonly bytes: number;
  /** End of the first of these periods in which records arrived: by then there surely was one. null: in none. */
  readonly firstEndMs: number | null;
  /** Records of the period that the instant lies in, before it and after; null where that is not known. */
  readonly partialRecords: number | null;
  /** Start of the first period wholly after the instant, */
  readonly knownFromMs: number;
  /** and the end of the last one that is settled: silence after it is not silence. */
  readonly knownThroughMs: number;
  /** Whether every period between the two is known: else the sums are "at least". */
  readonly isComplete: boolean;
  /** false: shard-level metrics are off, and the figures are those of the whole stream. */
  readonly perShard: boolean;
};

/** What arrived at a stream's shards, from IncomingRecords and IncomingBytes. */
export type Arrivals = {
  /** Epoch milliseconds on AWS's clock. null where nothing is known of any time after it. */
  since(shardId: ShardId, fromMs: number): ArrivedSince | null;
};
