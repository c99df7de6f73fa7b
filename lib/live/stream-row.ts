import type { CollectionState } from '#lib/domain/freshness.ts';
import type { Health } from '#lib/domain/health.ts';
import type { StreamMode, StreamStatus } from '#lib/domain/stream.ts';
import type { Limit } from '#lib/domain/throughput.ts';
import type { UnreadableStreams } from '#lib/domain/unreadable-streams.ts';
import type { MiniStrip } from './mini-strip.ts';
import type { RowConsumers } from './row-consumers.ts';

/** The period that a row's figures are of. */
export type Period = { readonly startMs: number; readonly seconds: number };

/** Figures of a stream over `period`. null: CloudWatch had no datapoint. */
export type StreamRates = {
  readonly incomingBytesPerSecond: number | null;
  readonly incomingRecordsPerSecond: number | null;
  readonly outgoingBytesPerSecond: number | null;
  readonly outgoingRecordsPerSecond: number | null;
  /** Counts over the period, not rates. */
  readonly writeThrottledRecords: number | null;
  readonly readThrottledCalls: number | null;
  readonly iteratorAgeMs: number | null;
};

/**
 * The open shard whose tightest limit is used most over the period; where shards refused records, of those.
 * `use` is 0 .. 1 and beyond.
 */
export type HottestShard = {
  readonly shardId: string;
  readonly limit: Limit;
  readonly use: number;
};

/** One line of the Streams page. */
export type StreamRow = {
  /** Identity in our store: another one after the stream is deleted and made again. */
  readonly streamId: number;
  readonly connection: string;
  readonly streamName: string;
  readonly streamArn: string;
  readonly createdAtMs: number;
  readonly status: StreamStatus;
  readonly mode: StreamMode;
  readonly openShardCount: number;
  readonly consumerCount: number;
  readonly retentionHours: number;
  readonly encryption: 'NONE' | 'KMS';
  readonly shardMetricsOn: boolean;
  readonly collection: CollectionState;
  /** null until a first period has been read. */
  readonly period: Period | null;
  readonly rates: StreamRates | null;
  readonly hottest: HottestShard | null;
  /** Shards that refused a good part of the refused records, at most three; none where no shard is known to. */
  readonly refusingShardIds: readonly string[];
  readonly miniStrip: MiniStrip | null;
  /** null where nobody has looked for consumers yet. */
  readonly consumers: RowConsumers | null;
  /** As judged when the row was sent; the browser judges freshness again as time passes. */
  readonly health: Health;
};

/** How the reading of a whole connection goes. */
export type ConnectionState = {
  readonly connection: string;
  readonly region: string;
  /** Where the figures come from: 'AWS', 'embedded world' or the endpoint's host. */
  readonly source: string;
  readonly readOnly: boolean;
  readonly collection: CollectionState;
  /** Streams that are listed and cannot be described, by cause: they have no row. */
  readonly unreadable: readonly UnreadableStreams[];
};
