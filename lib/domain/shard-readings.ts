import type { Frame } from './frame.ts';
import { SHARD_METRICS } from './shard-metric.ts';
import {
  type ShardFigures,
  type ShardUse,
  shardFigures,
  shardUse,
  type TightestLimit,
  tightestLimit,
} from './throughput.ts';

/** What one shard did in the period of a frame. */
export type ShardReading = {
  readonly figures: ShardFigures;
  readonly use: ShardUse;
  readonly tightest: TightestLimit;
  /** True where it refused records or calls of GetRecords in the period. */
  readonly throttled: boolean;
};

/**
 * A reading for each of the `shardCount` open shards of topology `topologyId`, in range order. Where there
 * is no frame, it is of another topology or shard-level metrics are off, every figure is NaN.
 */
export function shardReadings(
  frame: Frame | null,
  topologyId: number,
  shardCount: number,
): readonly ShardReading[] {
  const ofThese =
    frame !== null &&
    frame.topologyId === topologyId &&
    frame.shards.length === shardCount * SHARD_METRICS.length
      ? frame
      : null;
  return Array.from({ length: shardCount }, (_, place) =>
    ofThese === null ? UNKNOWN_READING : readingOf(shardFigures(ofThese, place)),
  );
}

/** What follows from a shard's figures of one period. */
export function readingOf(figures: ShardFigures): ShardReading {
  const use = shardUse(figures);
  return {
    figures,
    use,
    tightest: tightestLimit(use),
    throttled: figures.writeThrottledRecords > 0 || figures.readThrottledCalls > 0,
  };
}

/** Of a shard of which CloudWatch says nothing. */
export const UNKNOWN_READING: ShardReading = readingOf({
  writeBytesPerSecond: Number.NaN,
  writeRecordsPerSecond: Number.NaN,
  readBytesPerSecond: Number.NaN,
  readRecordsPerSecond: Number.NaN,
  writeThrottledRecords: Number.NaN,
  readThrottledCalls: Number.NaN,
  iteratorAgeMs: Number.NaN,
});
