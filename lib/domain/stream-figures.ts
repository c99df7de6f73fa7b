import { STREAM_METRICS, type StreamMetric } from './shard-metric.ts';

/** Figures of a whole stream over a period, NaN where CloudWatch had no datapoint. */
export const STREAM_FIGURES = [
  'incomingBytesPerSecond',
  'incomingRecordsPerSecond',
  'outgoingBytesPerSecond',
  'outgoingRecordsPerSecond',
  /** Counts over the period, not rates. */
  'writeThrottledRecords',
  'readThrottledCalls',
  /** The highest of the period. */
  'iteratorAgeMs',
  /** Means of all calls of the period, milliseconds. */
  'putRecordsLatencyMs',
  'putRecordLatencyMs',
  'getRecordsLatencyMs',
  /** Records that PutRecords took, of those tried: 0 .. 1. */
  'putRecordsSuccess',
  /** Calls that succeeded, of those made: 0 .. 1. */
  'putRecordSuccess',
  'getRecordsSuccess',
] as const;

export type StreamFigure = (typeof STREAM_FIGURES)[number];
export type StreamFigures = { readonly [F in StreamFigure]: number };

/**
 * @param values for each of STREAM_METRICS its value over the period; fewer in an old frame
 * @param seconds that the values were gathered in: fewer than its period's for one that is not over
 */
export function streamFigures(values: ArrayLike<number>, seconds: number): StreamFigures {
  const of = (metric: StreamMetric) => values[STREAM_METRICS.indexOf(metric)] ?? Number.NaN;
  const rate = (metric: StreamMetric) => of(metric) / seconds;
  return {
    incomingBytesPerSecond: rate('IncomingBytes'),
    incomingRecordsPerSecond: rate('IncomingRecords'),
    outgoingBytesPerSecond: rate('GetRecords.Bytes'),
    outgoingRecordsPerSecond: rate('GetRecords.Records'),
    writeThrottledRecords: of('WriteProvisionedThroughputExceeded'),
    readThrottledCalls: of('ReadProvisionedThroughputExceeded'),
    iteratorAgeMs: of('GetRecords.IteratorAgeMilliseconds'),
    putRecordsLatencyMs: ratio(of('PutRecords.Latency:Sum'), of('PutRecords.Latency:SampleCount')),
    putRecordLatencyMs: ratio(of('PutRecord.Latency:Sum'), of('PutRecord.Latency:SampleCount')),
    getRecordsLatencyMs: ratio(of('GetRecords.Latency:Sum'), of('GetRecords.Latency:SampleCount')),
    putRecordsSuccess: ratio(of('PutRecords.SuccessfulRecords'), of('PutRecords.TotalRecords')),
    putRecordSuccess: ratio(of('PutRecord.Success:Sum'), of('PutRecord.Success:SampleCount')),
    getRecordsSuccess: ratio(of('GetRecords.Success:Sum'), of('GetRecords.Success:SampleCount')),
  };
}

/** Of nothing there is no share and no mean. */
function ratio(sum: number, count: number): number {
  return count > 0 ? sum / count : Number.NaN;
}
