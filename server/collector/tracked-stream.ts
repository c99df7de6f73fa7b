import { type FrameTopology, topologiesSince } from '#lib/domain/align-frames.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { MetricWindow } from '#lib/domain/metric-series.ts';
import type { StreamSummary } from '#lib/domain/stream.ts';
import type { KnownStream } from '#lib/domain/stream-listing.ts';

/** For this long after its end a shard is still asked for: it is read to its end, and metrics come late. */
const CLOSED_SHARD_LINGER_MS = 15 * 60_000;

/** With seven metrics each, these are four calls of GetMetricData. */
const WIDE_SHARDS_MIN = 285;

/** What a leading collector remembers of a present stream. All times are epoch milliseconds on our clock. */
export type TrackedStream = {
  readonly streamId: number;
  summary: StreamSummary;
  /** Ascending; the last is in force. Empty until ListShards has answered once. */
  topologies: readonly FrameTopology[];
  /** When ListShards was last asked with success; 0: never by this collector. */
  shardsListedAtMs: number;
  watched: boolean;
  cadenceSeconds: number;
  /** What the cadence would be without a budget; null: not planned yet. */
  wantedCadenceSeconds: number | null;
  /** Metrics that a reading asks for, as was planned with; null: not planned yet. */
  metricsPerReading: number | null;
  /** When metrics were last read with success, by anybody; null: never. */
  metricsReadAtMs: number | null;
  metricsDueAtMs: number;
  metricsFailuresInARow: number;
  /** End of the last settled period that was read; null until one was. */
  readThroughMs: number | null;
  /** Whether periods may be missing before those that live rounds read. */
  mayHaveHoles: boolean;
  /** From when on the past is read again though it is stored: shards became known since. null: it is not. */
  rereadSinceMs: number | null;
  failures: StreamFailures;
  /** What the store says of failure. */
  storedFailure: CollectionFailure | null;
};

/** Why readings of a stream fail, by what is read. */
type StreamFailures = {
  readonly details: CollectionFailure | null;
  readonly metrics: CollectionFailure | null;
};

export function trackStream(
  streamId: number,
  summary: StreamSummary,
  cadenceSeconds: number,
  given: Partial<
    Pick<TrackedStream, 'topologies' | 'storedFailure' | 'metricsReadAtMs' | 'metricsDueAtMs'>
  > = {},
): TrackedStream {
  const storedFailure = given.storedFailure ?? null;
  const topologies = given.topologies ?? [];
  return {
    streamId,
    summary,
    topologies,
    shardsListedAtMs: 0,
    watched: false,
    cadenceSeconds,
    wantedCadenceSeconds: null,
    metricsPerReading: null,
    metricsReadAtMs: given.metricsReadAtMs ?? null,
    metricsDueAtMs: given.metricsDueAtMs ?? 0,
    metricsFailuresInARow: 0,
    readThroughMs: null,
    mayHaveHoles: true,
    rereadSinceMs: null,
    // What failed for the last collector counts until this one succeeds.
    failures:
      topologies.length === 0
        ? { details: storedFailure, metrics: null }
        : { details: null, metrics: storedFailure },
    storedFailure,
  };
}

/** Has the past read that is missing, and from `rereadSinceMs` on also what is stored. */
export function lookForHoles(stream: TrackedStream, rereadSinceMs: number | null): void {
  stream.mayHaveHoles = true;
  if (rereadSinceMs === null) return;
  stream.rereadSinceMs = Math.min(stream.rereadSinceMs ?? rereadSinceMs, rereadSinceMs);
}

export function currentFailure(stream: TrackedStream): CollectionFailure | null {
  return stream.failures.metrics ?? stream.failures.details;
}

export function toKnownStream(stream: TrackedStream): KnownStream {
  const { streamArn, createdAtMs, streamName, status } = stream.summary;
  return { streamId: stream.streamId, streamArn, createdAtMs, streamName, status };
}

/** Shards of which metrics are read at present: none where shard-level metrics are off. */
export function shardsWithMetrics(stream: TrackedStream): number {
  return stream.summary.shardMetrics.length === 0
    ? 0
    : (stream.topologies.at(-1)?.openShardIds.length ?? 0);
}

/**
 * Whether the metrics of a stream fill several calls, whose answers take seconds: such streams are read by a loop
 * of their own, so that they do not hold up the others.
 */
export function isWide(stream: TrackedStream): boolean {
  return shardsWithMetrics(stream) > WIDE_SHARDS_MIN;
}

/** The topologies whose shards may have figures in `window`. */
export function topologiesFor(
  stream: TrackedStream,
  window: MetricWindow,
): readonly FrameTopology[] {
  return topologiesSince(stream.topologies, window.startMs - CLOSED_SHARD_LINGER_MS);
}
