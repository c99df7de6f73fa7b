import { refusingShardIds } from '#lib/domain/advice/refusing-shards.ts';
import { type Frame, streamValue } from '#lib/domain/frame.ts';
import type { StreamMetric } from '#lib/domain/shard-metric.ts';
import { readingOf } from '#lib/domain/shard-readings.ts';
import { shardFigures } from '#lib/domain/throughput.ts';
import { type MiniStrip, packPercents } from '#lib/live/mini-strip.ts';
import type { RowConsumers } from '#lib/live/row-consumers.ts';
import { rowHealth } from '#lib/live/row-health.ts';
import type { HottestShard, StreamRates, StreamRow } from '#lib/live/stream-row.ts';
import type { StoredStream } from '#server/db/read/current-streams.ts';
import { MINI_STRIP_COLUMNS, type TopologyShape } from './topology-shape.ts';

const USE_UNKNOWN = 255;
const USE_MAX = 254;

/**
 * The line of the Streams page for a stream. `topology` is the one in force, `frame` the newest period of
 * it: a frame of another topology counts as none.
 *
 * @param nowMs the database's clock
 * @param consumers who reads it; null where nobody has looked
 */
export function streamRow(
  stream: StoredStream,
  topology: TopologyShape | null,
  frame: Frame | null,
  nowMs: number,
  consumers: RowConsumers | null = null,
): StreamRow {
  const newest = frame !== null && frame.topologyId === stream.topologyId ? frame : null;
  const shards =
    newest !== null && topology?.view.topologyId === newest.topologyId && newest.shards.length > 0
      ? readShards(topology, newest)
      : null;
  const row: Omit<StreamRow, 'health'> = {
    streamId: stream.id,
    connection: stream.connection,
    streamName: stream.name,
    streamArn: stream.arn,
    createdAtMs: stream.createdAtMs,
    status: stream.status,
    mode: stream.mode,
    openShardCount: stream.openShardCount,
    consumerCount: stream.consumerCount,
    retentionHours: stream.retentionHours,
    encryption: stream.encryption,
    shardMetricsOn: stream.shardMetrics.length > 0,
    collection: {
      collectedAtMs: stream.collectedAt?.getTime() ?? null,
      cadenceSeconds: stream.cadenceSeconds,
      failure: stream.failure,
    },
    period:
      newest === null ? null : { startMs: newest.periodStartMs, seconds: newest.periodSeconds },
    rates: newest === null ? null : streamRates(newest),
    hottest: shards?.hottest ?? null,
    refusingShardIds: shards?.refusingShardIds ?? [],
    miniStrip: shards?.miniStrip ?? null,
    consumers,
  };
  return { ...row, health: rowHealth(row, nowMs) };
}

function streamRates(frame: Frame): StreamRates {
  const known = (metric: StreamMetric) => {
    const value = streamValue(frame, metric);
    return Number.isNaN(value) ? null : value;
  };
  const rate = (metric: StreamMetric) => {
    const sum = known(metric);
    return sum === null ? null : sum / frame.periodSeconds;
  };
  return {
    incomingBytesPerSecond: rate('IncomingBytes'),
    incomingRecordsPerSecond: rate('IncomingRecords'),
    outgoingBytesPerSecond: rate('GetRecords.Bytes'),
    outgoingRecordsPerSecond: rate('GetRecords.Records'),
    writeThrottledRecords: known('WriteProvisionedThroughputExceeded'),
    readThrottledCalls: known('ReadProvisionedThroughputExceeded'),
    iteratorAgeMs: known('GetRecords.IteratorAgeMilliseconds'),
  };
}

function readShards(
  topology: TopologyShape,
  frame: Frame,
): {
  readonly hottest: HottestShard | null;
  readonly refusingShardIds: readonly string[];
  readonly miniStrip: MiniStrip;
} {
  const use = new Array<number>(MINI_STRIP_COLUMNS).fill(USE_UNKNOWN);
  const throttled = new Set<number>();
  let hottest: HottestShard | null = null;
  let hottestRefuses = false;
  const refusing: { shardId: string; throttledRecords: number }[] = [];

  for (const [place, shard] of topology.view.open.entries()) {
    const { figures, tightest, throttled: refuses } = readingOf(shardFigures(frame, place));
    const throttledRecords = figures.writeThrottledRecords;
    const refusesRecords = throttledRecords > 0;
    if (refusesRecords) refusing.push({ shardId: shard.shardId, throttledRecords });
    // Bursts are refused at a low mean: the busiest shard of those that refuse none is not the one to act upon.
    const isHotter =
      hottest === null ||
      (refusesRecords === hottestRefuses ? tightest.use > hottest.use : refusesRecords);
    if (tightest.limit !== null && isHotter) {
      hottest = { shardId: shard.shardId, limit: tightest.limit, use: tightest.use };
      hottestRefuses = refusesRecords;
    }
    const percent =
      tightest.limit === null ? USE_UNKNOWN : Math.min(USE_MAX, Math.round(tightest.use * 100));
    const first = topology.firstColumn[place] ?? 0;
    const last = topology.lastColumn[place] ?? -1;
    for (let column = first; column <= last; column += 1) {
      const before = use[column] ?? USE_UNKNOWN;
      if (percent !== USE_UNKNOWN && (before === USE_UNKNOWN || percent > before)) {
        use[column] = percent;
      }
      if (refuses) throttled.add(column);
    }
  }
  return {
    hottest,
    refusingShardIds: refusingShardIds(refusing),
    miniStrip: { use: packPercents(use), throttled: [...throttled].sort((a, b) => a - b) },
  };
}
