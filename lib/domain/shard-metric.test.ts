import { describe, expect, test } from 'vitest';
import { metricNameOf, STREAM_METRICS, statisticOf, streamMetricsOf } from './shard-metric.ts';

describe('figures of a stream', () => {
  test('keep the places that stored frames have them at', () => {
    expect(STREAM_METRICS.slice(0, 7)).toEqual([
      'IncomingBytes',
      'IncomingRecords',
      'WriteProvisionedThroughputExceeded',
      'GetRecords.Bytes',
      'GetRecords.Records',
      'ReadProvisionedThroughputExceeded',
      'GetRecords.IteratorAgeMilliseconds',
    ]);
    expect(STREAM_METRICS.indexOf('GetRecords.Latency:SampleCount')).toBe(18);
  });

  test('are asked for by the names and statistics that CloudWatch has', () => {
    expect(metricNameOf('PutRecords.Latency:SampleCount')).toBe('PutRecords.Latency');
    expect(statisticOf('PutRecords.Latency:SampleCount')).toBe('SampleCount');
    expect(statisticOf('PutRecords.Latency:Sum')).toBe('Sum');
    expect(metricNameOf('IncomingBytes')).toBe('IncomingBytes');
    expect(statisticOf('GetRecords.IteratorAgeMilliseconds')).toBe('Maximum');
  });

  test('an average has its sum and its number of samples, or neither', () => {
    for (const metric of STREAM_METRICS.filter((one) => one.endsWith(':Sum'))) {
      const count = STREAM_METRICS[STREAM_METRICS.indexOf(metric) + 1];
      expect(count).toBe(metric.replace(':Sum', ':SampleCount'));
    }
  });

  test('are read by group; the first seven always', () => {
    expect(streamMetricsOf([])).toEqual(STREAM_METRICS.slice(0, 7));
    expect(streamMetricsOf(['success'])).toHaveLength(13);
    expect(streamMetricsOf(['latency'])).toHaveLength(13);
    expect(streamMetricsOf(['latency', 'success'])).toEqual(STREAM_METRICS);
  });
});
