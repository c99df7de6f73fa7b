import { type Frame, shardValue, streamValue } from '#lib/domain/frame.ts';
import type { ShardMetric, StreamMetric } from '#lib/domain/shard-metric.ts';
import type { ShardHistory, StreamHistory } from '#lib/live/stream-detail.ts';

type Line = readonly (number | null)[];
/** The lines of a history that run beside its periods. */
type StreamLines = Omit<StreamHistory, 'streamId' | 'periodSeconds' | 'periodStartMs' | 'hottest'>;

/**
 * The history with a newer (or re-read) frame in it. Periods between that nobody read are gaps. A frame of
 * another period length cannot stand in this history and leaves it as it is: a coarse one is read again. An
 * empty history takes any.
 * @param openShardIds columns of the frame, in range order
 * @param windowMs periods that began longer than this before the newest one ended fall out
 */
export function appendFrame(
  history: StreamHistory,
  frame: Frame,
  openShardIds: readonly string[],
  windowMs: number,
): StreamHistory {
  if (history.periodStartMs.length > 0 && frame.periodSeconds !== history.periodSeconds) {
    return history;
  }
  const periodMs = frame.periodSeconds * 1_000;
  const first = history.periodStartMs[0] ?? frame.periodStartMs;
  const last = Math.max(history.periodStartMs.at(-1) ?? first, frame.periodStartMs);
  if (frame.periodStartMs < first) return history;
  const oldest = Math.max(first, last + periodMs - windowMs);
  const start = first + Math.ceil((oldest - first) / periodMs) * periodMs;
  const count = Math.max(0, Math.floor((last - start) / periodMs) + 1);
  const periodStartMs = Array.from({ length: count }, (_, i) => start + i * periodMs);

  const placeOf = new Map(history.periodStartMs.map((ms, i) => [ms, i]));
  const line = (old: Line, value: number): Line =>
    periodStartMs.map((ms) =>
      ms === frame.periodStartMs ? known(value) : (old[placeOf.get(ms) ?? -1] ?? null),
    );
  const lines = mapLines(history, streamFigures(frame, openShardIds.length), line);
  return {
    streamId: history.streamId,
    periodSeconds: frame.periodSeconds,
    periodStartMs,
    ...lines,
    hottest: history.hottest.map((shard) => withShard(shard, frame, openShardIds, line)),
  };
}

/**
 * Does `frame` follow the newest period of `history`, or is it in it? If not, something was missed: also where the
 * history was read before there was any period, and so knows neither their length nor the hottest shards.
 */
export function continues(history: StreamHistory, frame: Frame): boolean {
  const last = history.periodStartMs.at(-1);
  if (last === undefined) return false;
  if (frame.periodSeconds !== history.periodSeconds) return true;
  return frame.periodStartMs <= last + frame.periodSeconds * 1_000;
}

function streamFigures(frame: Frame, openShardCount: number): Record<keyof StreamLines, number> {
  const sum = (metric: StreamMetric) => streamValue(frame, metric);
  const rate = (metric: StreamMetric) => sum(metric) / frame.periodSeconds;
  return {
    incomingBytesPerSecond: rate('IncomingBytes'),
    incomingRecordsPerSecond: rate('IncomingRecords'),
    outgoingBytesPerSecond: rate('GetRecords.Bytes'),
    outgoingRecordsPerSecond: rate('GetRecords.Records'),
    writeThrottledRecords: sum('WriteProvisionedThroughputExceeded'),
    readThrottledCalls: sum('ReadProvisionedThroughputExceeded'),
    openShardCount,
  };
}

function mapLines(
  history: StreamHistory,
  figures: Record<keyof StreamLines, number>,
  line: (old: Line, value: number) => Line,
): StreamLines {
  const of = (name: keyof StreamLines) => line(history[name], figures[name]);
  return {
    incomingBytesPerSecond: of('incomingBytesPerSecond'),
    incomingRecordsPerSecond: of('incomingRecordsPerSecond'),
    outgoingBytesPerSecond: of('outgoingBytesPerSecond'),
    outgoingRecordsPerSecond: of('outgoingRecordsPerSecond'),
    writeThrottledRecords: of('writeThrottledRecords'),
    readThrottledCalls: of('readThrottledCalls'),
    openShardCount: of('openShardCount'),
  };
}

function withShard(
  shard: ShardHistory,
  frame: Frame,
  openShardIds: readonly string[],
  line: (old: Line, value: number) => Line,
): ShardHistory {
  const place = openShardIds.indexOf(shard.shardId);
  const sum = (metric: ShardMetric) =>
    place < 0 || frame.shards.length === 0 ? Number.NaN : shardValue(frame, metric, place);
  return {
    shardId: shard.shardId,
    incomingBytesPerSecond: line(
      shard.incomingBytesPerSecond,
      sum('IncomingBytes') / frame.periodSeconds,
    ),
    incomingRecordsPerSecond: line(
      shard.incomingRecordsPerSecond,
      sum('IncomingRecords') / frame.periodSeconds,
    ),
    writeThrottledRecords: line(
      shard.writeThrottledRecords,
      sum('WriteProvisionedThroughputExceeded'),
    ),
  };
}

/** NaN (no datapoint) is a gap on the wire and in a chart. */
function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
