import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { ageChart } from './age-chart.ts';
import type { ChartLimit, ChartLine, ChartModel } from './chart-model.ts';
import { type ChartWindow, chartSpan } from './chart-span.ts';
import { countChart } from './count-charts.ts';
import type { Line, StreamHistory } from './stream-history.ts';
import { shareBottom, yMax } from './y-scale.ts';

/** Lowest top of the scale of latencies. */
const LATENCY_TOP_MS_MIN = 20;

/** The whole stream, its rates against the limits of all of its open shards together. */
export function streamCharts(
  history: StreamHistory,
  window: ChartWindow,
  retentionHours: number,
): readonly ChartModel[] {
  const span = chartSpan(history, window);
  const { stream } = history;
  const refused = stream.writeThrottledRecords;
  const ofShards = (key: string, label: string, perShard: number): ChartLimit => ({
    key,
    label,
    values: stream.openShardCount.map((count) => (count === null ? null : count * perShard)),
  });
  const rates = (
    chart: Pick<ChartModel, 'key' | 'title' | 'source' | 'unit' | 'lines' | 'limits'>,
    least: number,
  ): ChartModel => ({
    ...chart,
    ...span,
    shape: 'lines',
    limitAbove: null,
    yMin: 0,
    yMax: yMax(chart.lines, chart.limits, least),
  });
  const success = [
    line(
      'putRecords',
      'PutRecords',
      'Records that PutRecords took, of those tried',
      0,
      stream.putRecordsSuccess,
    ),
    line('putRecord', 'PutRecord', 'Calls of PutRecord that succeeded', 1, stream.putRecordSuccess),
    line(
      'getRecords',
      'GetRecords',
      'Calls of GetRecords that succeeded',
      2,
      stream.getRecordsSuccess,
    ),
  ].filter(isKnown);
  const latency = [
    line('putRecords', 'PutRecords', 'Mean latency of PutRecords', 0, stream.putRecordsLatencyMs),
    line('putRecord', 'PutRecord', 'Mean latency of PutRecord', 1, stream.putRecordLatencyMs),
    line('getRecords', 'GetRecords', 'Mean latency of GetRecords', 2, stream.getRecordsLatencyMs),
  ].filter(isKnown);
  return [
    rates(
      {
        key: 'bytes',
        title: 'Bytes of the stream',
        source: 'IncomingBytes and GetRecords.Bytes, Sum',
        unit: 'bytesPerSecond',
        lines: [
          { ...line('in', 'written', 'Bytes written', 0, stream.incomingBytesPerSecond), refused },
          line('out', 'read', 'Bytes read by GetRecords', 1, stream.outgoingBytesPerSecond),
        ],
        limits: [
          ofShards('writeBytes', 'write limit', SHARD_LIMITS.writeBytesPerSecondMax),
          ofShards('readBytes', 'read limit', SHARD_LIMITS.readBytesPerSecondMax),
        ],
      },
      SHARD_LIMITS.writeBytesPerSecondMax,
    ),
    rates(
      {
        key: 'records',
        title: 'Records of the stream',
        source: 'IncomingRecords and GetRecords.Records, Sum',
        unit: 'recordsPerSecond',
        lines: [
          {
            ...line('in', 'written', 'Records written', 0, stream.incomingRecordsPerSecond),
            refused,
          },
          line('out', 'read', 'Records read by GetRecords', 1, stream.outgoingRecordsPerSecond),
        ],
        limits: [ofShards('writeRecords', 'write limit', SHARD_LIMITS.writeRecordsPerSecondMax)],
      },
      SHARD_LIMITS.writeRecordsPerSecondMax,
    ),
    countChart(span, {
      key: 'refused',
      title: 'Records refused per period',
      source: 'WriteProvisionedThroughputExceeded, Sum',
      unit: 'records',
      lines: [line('writes', 'refused', 'Records refused by all shards', 0, refused)].filter(
        isKnown,
      ),
    }),
    countChart(span, {
      key: 'readsRefused',
      title: 'Reads refused per period',
      source: 'ReadProvisionedThroughputExceeded, Sum',
      unit: 'calls',
      lines: [
        line(
          'reads',
          'refused',
          'Calls of GetRecords refused by all shards',
          1,
          stream.readThrottledCalls,
        ),
      ].filter(isKnown),
    }),
    ageChart(span, retentionHours, {
      key: 'age',
      title: 'Iterator age',
      source: 'GetRecords.IteratorAgeMilliseconds, Maximum',
      lines: [
        line(
          'age',
          'oldest reader',
          'Age of the last record that the slowest reader read',
          0,
          stream.iteratorAgeMs,
        ),
      ].filter(isKnown),
    }),
    rates(
      {
        key: 'latency',
        title: 'Latency of calls',
        source: 'Latency, Sum by SampleCount',
        unit: 'milliseconds',
        lines: latency,
        limits: [],
      },
      LATENCY_TOP_MS_MIN,
    ),
    {
      ...rates(
        {
          key: 'success',
          title: 'Success of calls',
          source: 'SuccessfulRecords of TotalRecords; Success, Sum by SampleCount',
          unit: 'share',
          lines: success,
          limits: [],
        },
        1,
      ),
      yMin: shareBottom(success),
      yMax: 1,
    },
  ];
}

function line(key: string, label: string, title: string, slot: number, values: Line): ChartLine {
  return { key, label, title, slot, values };
}

/** What nobody ever measured has no line. */
function isKnown({ values }: ChartLine): boolean {
  return values.some((value) => value !== null);
}
