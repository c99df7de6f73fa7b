import { expect, test } from 'vitest';
import { emptyStreamValues } from './frame.ts';
import { rollUp } from './roll-up.ts';
import { STREAM_METRICS, type StreamMetric } from './shard-metric.ts';
import { STREAM_FIGURES, streamFigures } from './stream-figures.ts';

function valuesOf(given: { readonly [M in StreamMetric]?: number }): Float32Array {
  return emptyStreamValues().map((nan, i) => given[STREAM_METRICS[i] ?? 'IncomingBytes'] ?? nan);
}

test('sums are rates over the seconds that they were gathered in; counts and ages are not', () => {
  const values = valuesOf({
    IncomingBytes: 600,
    WriteProvisionedThroughputExceeded: 7,
    'GetRecords.IteratorAgeMilliseconds': 900,
  });
  expect(streamFigures(values, 60)).toMatchObject({
    incomingBytesPerSecond: 10,
    writeThrottledRecords: 7,
    iteratorAgeMs: 900,
  });
  // The first 30 s of a minute that is not over.
  expect(streamFigures(values, 30).incomingBytesPerSecond).toBe(20);
});

test('success is counted by record where CloudWatch counts records', () => {
  const values = valuesOf({ 'PutRecords.TotalRecords': 400, 'PutRecords.SuccessfulRecords': 300 });
  expect(streamFigures(values, 5).putRecordsSuccess).toBe(0.75);
});

test('the mean of a longer period is that of its calls, not of its shorter periods', () => {
  const period = (periodStartMs: number, calls: number, latencyMs: number) => ({
    periodStartMs,
    periodSeconds: 5,
    topologyId: 1,
    stream: valuesOf({
      'GetRecords.Latency:Sum': calls * latencyMs,
      'GetRecords.Latency:SampleCount': calls,
    }),
    shards: new Float32Array(),
  });
  const [minute] = rollUp([period(0, 1, 100), period(5_000, 99, 10)], 60);
  expect(streamFigures(minute?.stream ?? [], 60).getRecordsLatencyMs).toBeCloseTo(10.9, 6);
});

test('of nothing there is no figure', () => {
  const figures = streamFigures(emptyStreamValues(), 5);
  expect(STREAM_FIGURES.every((name) => Number.isNaN(figures[name]))).toBe(true);
  expect(
    streamFigures(valuesOf({ 'PutRecord.Success:Sum': 0, 'PutRecord.Success:SampleCount': 0 }), 5)
      .putRecordSuccess,
  ).toBeNaN();
  // A frame of before these were collected.
  expect(streamFigures(Float32Array.of(5, 5, 0, 5, 5, 0, 5), 5).putRecordsSuccess).toBeNaN();
});
