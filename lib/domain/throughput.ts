import { type Frame, shardValue } from './frame.ts';
import { SHARD_LIMITS } from './limits.ts';
import type { ShardMetric } from './shard-metric.ts';

/** The four limits of a shard of which metrics tell the use. GetRecords calls have no shard-level metric. */
export const LIMITS = ['writeBytes', 'writeRecords', 'readBytes'] as const;
export type Limit = (typeof LIMITS)[number];

/** Figures of one shard over one period. NaN where CloudWatch had no datapoint. */
export type ShardFigures = {
  readonly writeBytesPerSecond: number;
  readonly writeRecordsPerSecond: number;
  readonly readBytesPerSecond: number;
  readonly readRecordsPerSecond: number;
  /** Records rejected in the period (a count, not a rate). */
  readonly writeThrottledRecords: number;
  readonly readThrottledCalls: number;
  readonly iteratorAgeMs: number;
};

/** Use of each limit, 0 .. 1 and beyond; NaN where unknown. */
export type ShardUse = { readonly [L in Limit]: number };

/** The limit that is used most. `use` is NaN and `limit` null where nothing is known. */
export type TightestLimit = { readonly limit: Limit | null; readonly use: number };

export const SHARD_FIGURES = [
  'writeBytesPerSecond',
  'writeRecordsPerSecond',
  'readBytesPerSecond',
  'readRecordsPerSecond',
  'writeThrottledRecords',
  'readThrottledCalls',
  'iteratorAgeMs',
] as const satisfies readonly (keyof ShardFigures)[];

export function shardFigures(frame: Frame, place: number): ShardFigures {
  return figuresOfSums((metric) => shardValue(frame, metric, place), frame.periodSeconds);
}

/**
 * @param of the value of a metric of the shard over the period, as a frame has it
 * @param seconds that the values were gathered in
 */
export function figuresOfSums(of: (metric: ShardMetric) => number, seconds: number): ShardFigures {
  return {
    writeBytesPerSecond: of('IncomingBytes') / seconds,
    writeRecordsPerSecond: of('IncomingRecords') / seconds,
    readBytesPerSecond: of('OutgoingBytes') / seconds,
    readRecordsPerSecond: of('OutgoingRecords') / seconds,
    writeThrottledRecords: of('WriteProvisionedThroughputExceeded'),
    readThrottledCalls: of('ReadProvisionedThroughputExceeded'),
    iteratorAgeMs: of('IteratorAgeMilliseconds'),
  };
}

/**
 * Use of each limit over the period. Incoming figures count accepted data, so under throttling the demand
 * is at least this.
 */
export function shardUse(figures: ShardFigures): ShardUse {
  return {
    writeBytes: figures.writeBytesPerSecond / SHARD_LIMITS.writeBytesPerSecondMax,
    writeRecords: figures.writeRecordsPerSecond / SHARD_LIMITS.writeRecordsPerSecondMax,
    readBytes: figures.readBytesPerSecond / SHARD_LIMITS.readBytesPerSecondMax,
  };
}

export function tightestLimit(use: ShardUse): TightestLimit {
  let tightest: TightestLimit = { limit: null, use: Number.NaN };
  for (const limit of LIMITS) {
    const value = use[limit];
    if (!Number.isNaN(value) && !(value <= tightest.use)) {
      tightest = { limit, use: value };
    }
  }
  return tightest;
}
