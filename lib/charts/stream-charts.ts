import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { StreamHistory } from '#lib/live/stream-detail.ts';
import type { ChartLimit, ChartModel } from './chart-model.ts';
import { chartSpan } from './chart-span.ts';
import { refusalsChart } from './refusals-chart.ts';
import { yMax } from './y-max.ts';

export type StreamCharts = {
  readonly bytes: ChartModel;
  readonly records: ChartModel;
  readonly throttled: ChartModel;
};

/** The whole stream against the limits of all of its open shards together. */
export function streamCharts(history: StreamHistory, windowMs: number): StreamCharts {
  const span = chartSpan(history, windowMs);
  const ofShards = (key: string, label: string, perShard: number): ChartLimit => ({
    key,
    label,
    values: history.openShardCount.map((count) => (count === null ? null : count * perShard)),
  });

  const bytes = [
    line('in', 'written', 'Bytes written', 0, history.incomingBytesPerSecond),
    line('out', 'read', 'Bytes read by GetRecords', 1, history.outgoingBytesPerSecond),
  ];
  const bytesLimits = [
    ofShards('writeBytes', 'write limit', SHARD_LIMITS.writeBytesPerSecondMax),
    ofShards('readBytes', 'read limit', SHARD_LIMITS.readBytesPerSecondMax),
  ];
  const records = [
    line('in', 'written', 'Records written', 0, history.incomingRecordsPerSecond),
    line('out', 'read', 'Records read by GetRecords', 1, history.outgoingRecordsPerSecond),
  ];
  const recordsLimits = [
    ofShards('writeRecords', 'write limit', SHARD_LIMITS.writeRecordsPerSecondMax),
  ];
  const throttled = [
    line('writes', 'refused', 'Records refused by all shards', 0, history.writeThrottledRecords),
  ];
  return {
    bytes: {
      title: 'Bytes of the stream',
      unit: 'bytesPerSecond',
      shape: 'lines',
      ...span,
      lines: bytes,
      limits: bytesLimits,
      yMax: yMax(bytes, bytesLimits, SHARD_LIMITS.writeBytesPerSecondMax),
    },
    records: {
      title: 'Records of the stream',
      unit: 'recordsPerSecond',
      shape: 'lines',
      ...span,
      lines: records,
      limits: recordsLimits,
      yMax: yMax(records, recordsLimits, SHARD_LIMITS.writeRecordsPerSecondMax),
    },
    throttled: refusalsChart(span, throttled),
  };
}

function line(
  key: string,
  label: string,
  title: string,
  slot: number,
  values: readonly (number | null)[],
) {
  return { key, label, title, slot, values };
}
