import type { DailyBudget } from '#lib/domain/cost/daily-budget.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { Tier } from '#lib/domain/roll-up.ts';
import type { StreamMetric } from '#lib/domain/shard-metric.ts';
import type { ListedStream } from '#lib/domain/stream-listing.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import type { Logger } from '#server/log.ts';
import type { StoreWriter } from './store-writer.ts';
import type { TrackedStream } from './tracked-stream.ts';

/** What the rounds of one leading collector share, from the day that it leads until it no longer does. */
export type Collection = {
  readonly connection: Connection;
  readonly aws: Aws;
  readonly database: Database;
  readonly write: StoreWriter;
  readonly log: Logger;
  /** On AWS's clock, by which periods end. */
  readonly nowMs: () => number;
  readonly tiers: readonly Tier[];
  /** Figures of a whole stream that this connection reads, in the order of STREAM_METRICS. */
  readonly streamMetrics: readonly StreamMetric[];
  /** What may still be asked for on this day; null: no budget. */
  readonly budget: DailyBudget | null;
  /** The past is not read before this, for lack of money. */
  backfillNotBeforeMs: number;
  /** Periods that one live reading spans at most. */
  readonly livePeriodsMax: number;
  readonly takesIn: (streamName: string) => boolean;
  /** Present streams, by id. */
  readonly streams: Map<number, TrackedStream>;
  /** Metrics that a reading of a stream's consumers asks for besides, by the stream's id. */
  readonly consumerMetrics: Map<number, number>;
  /** Names of streams that are to be described: new ones, and ones whose status changed. */
  readonly pending: Set<string>;
  /** Streams of the last listing that are taken in, by name. */
  listed: ReadonlyMap<string, ListedStream>;
  /** Listed streams of which nothing is known, as they cannot be described; the one tried longest ago first. */
  readonly unreadable: Map<string, CollectionFailure>;
  /** What the store says of them, as JSON; null: this collector has not written it yet. */
  storedUnreadable: string | null;
  listedAtMs: number | null;
  failures: ConnectionFailures;
  /** What the store says of failure. */
  storedFailure: CollectionFailure | null;
};

/** Why readings of the connection as a whole fail, by what is read. */
type ConnectionFailures = {
  readonly listing: CollectionFailure | null;
};

export function connectionFailure(collection: Collection): CollectionFailure | null {
  return collection.failures.listing;
}
