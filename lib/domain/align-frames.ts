import { emptyShardValues, emptyStreamValues, type Frame, shardValueIndex } from './frame.ts';
import { type MetricWindow, periodCount } from './metric-series.ts';
import { SHARD_METRICS } from './shard-metric.ts';

/** A topology as far as frames need it. */
export type FrameTopology = {
  readonly topologyId: number;
  /** From when on it is taken to be in force, epoch milliseconds. */
  readonly observedAtMs: number;
  /** Open shards in range order. */
  readonly openShardIds: readonly string[];
};

/** What CloudWatch told of one stream: columns of one value for each period of `window`. */
export type StreamReading = {
  readonly window: MetricWindow;
  /** One column for each of STREAM_METRICS, null where the connection goes without it. */
  readonly stream: readonly (Float32Array | null)[];
  /** For each shard one column for each of SHARD_METRICS, null where the metric is off. Empty: all are off. */
  readonly shards: ReadonlyMap<string, readonly (Float32Array | null)[]>;
};

/** A frame that is not stored yet. */
export type FrameDraft = Omit<Frame, 'collectedAtMs'>;

/**
 * Puts a reading in the columns of the stream's topologies. Each period gets a frame of the topology that was
 * in force at its end, also where nothing is known of it (silence that was listened to). A figure of a shard
 * that is not open there goes to the nearest topology in which it is: earlier ones first, as after a split
 * the parent's, then later ones, as where a child took records before it was seen. So each figure is in
 * exactly one frame, and the stream's own figures are in the first.
 *
 * @param topologies ascending by `observedAtMs`, at least one; what came before the first counts as the first
 */
export function alignFrames(
  reading: StreamReading,
  topologies: readonly FrameTopology[],
): readonly FrameDraft[] {
  const places = topologies.map(
    ({ openShardIds }) => new Map(openShardIds.map((shardId, place) => [shardId, place])),
  );
  const drafts: FrameDraft[] = [];
  const periodMs = reading.window.periodSeconds * 1000;
  for (let period = 0; period < periodCount(reading.window); period++) {
    const startMs = reading.window.startMs + period * periodMs;
    const inForce = inForceBefore(topologies, startMs + periodMs);
    const searchOrder = nearestFirst(inForce, topologies.length);
    const shardValues = new Map<number, Float32Array>();
    for (const [shardId, columns] of reading.shards) {
      const at = searchOrder.find((i) => places[i]?.has(shardId));
      const place = at === undefined ? undefined : places[at]?.get(shardId);
      if (at === undefined || place === undefined) continue;
      columns.forEach((column, metric) => {
        const value = column?.[period] ?? Number.NaN;
        if (Number.isNaN(value)) return;
        const shardCount = topologies[at]?.openShardIds.length ?? 0;
        const values = shardValues.get(at) ?? emptyShardValues(shardCount);
        shardValues.set(at, values);
        values[shardValueIndex(SHARD_METRICS[metric] ?? 'IncomingBytes', place, shardCount)] =
          value;
      });
    }
    for (const at of searchOrder) {
      const topology = topologies[at];
      const known = shardValues.get(at);
      if (topology === undefined || (at !== inForce && known === undefined)) continue;
      const silent = reading.shards.size === 0 ? 0 : topology.openShardIds.length;
      drafts.push({
        periodStartMs: startMs,
        periodSeconds: reading.window.periodSeconds,
        topologyId: topology.topologyId,
        stream:
          at === inForce
            ? Float32Array.from(reading.stream, (column) => column?.[period] ?? Number.NaN)
            : emptyStreamValues(),
        shards: known ?? emptyShardValues(silent),
      });
    }
  }
  return drafts;
}

/** Those that were in force at any time since `fromMs`; the last always is. */
export function topologiesSince(
  topologies: readonly FrameTopology[],
  fromMs: number,
): readonly FrameTopology[] {
  return topologies.filter((_, i) => {
    const replacedAtMs = topologies[i + 1]?.observedAtMs ?? Number.POSITIVE_INFINITY;
    return replacedAtMs > fromMs;
  });
}

/** The shards that are open in any of them, each once. */
export function openShardsIn(topologies: readonly FrameTopology[]): readonly string[] {
  return [...new Set(topologies.flatMap(({ openShardIds }) => openShardIds))];
}

/** Index of the last topology that was observed before `atMs`, else of the first. */
function inForceBefore(topologies: readonly FrameTopology[], atMs: number): number {
  return Math.max(
    0,
    topologies.findLastIndex(({ observedAtMs }) => observedAtMs < atMs),
  );
}

/** `inForce`, then the earlier ones newest first, then the later ones oldest first. */
function nearestFirst(inForce: number, count: number): readonly number[] {
  const earlier = Array.from({ length: inForce }, (_, i) => inForce - 1 - i);
  const later = Array.from({ length: count - inForce - 1 }, (_, i) => inForce + 1 + i);
  return [inForce, ...earlier, ...later];
}
