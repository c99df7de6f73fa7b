import { combine, emptyShardValues, type Frame } from './frame.ts';
import { combineStreamValues } from './roll-up.ts';
import { SHARD_METRICS, statisticOf } from './shard-metric.ts';

/** The values of all shards that were open in one topology, in one period; none where shard-level metrics were off. */
export type ShardColumns = { readonly topologyId: number; readonly values: Float32Array };

/**
 * What the open shards of the youngest topology of a period did in all of it. A longer period in which the stream was
 * resharded is stored in parts, one a topology, each of a part of the time: a shard that the change left alone has
 * its figures in all of them. What only older topologies have is not among the columns of the youngest.
 *
 * @param parts of one period, at least one, ascending by topology
 * @param openShardIds of each topology, in the order of its columns; a part of a topology that is not there is left out
 */
export function joinShardColumns(
  parts: readonly ShardColumns[],
  openShardIds: ReadonlyMap<number, readonly string[]>,
): ShardColumns {
  const youngest = parts.at(-1) ?? { topologyId: 0, values: new Float32Array() };
  const ids = openShardIds.get(youngest.topologyId);
  const earlier = parts.slice(0, -1).filter(({ values }) => values.length > 0);
  if (ids === undefined || earlier.length === 0) return youngest;
  const count = ids.length;
  const places = new Map(ids.map((shardId, place) => [shardId, place]));
  const isLaidOut = youngest.values.length === count * SHARD_METRICS.length;
  const values = isLaidOut ? Float32Array.from(youngest.values) : emptyShardValues(count);
  for (const part of earlier) {
    const partIds = openShardIds.get(part.topologyId) ?? [];
    if (part.values.length !== partIds.length * SHARD_METRICS.length) continue;
    for (const [from, shardId] of partIds.entries()) {
      const place = places.get(shardId);
      if (place === undefined) continue;
      for (const [m, metric] of SHARD_METRICS.entries()) {
        const at = m * count + place;
        values[at] = combine(
          statisticOf(metric),
          values[at] ?? Number.NaN,
          part.values[m * partIds.length + from] ?? Number.NaN,
        );
      }
    }
  }
  return { topologyId: youngest.topologyId, values };
}

/**
 * One frame of a period out of its parts: see `joinShardColumns`. It is as old as its newest part.
 * @param parts of one period, at least one, ascending by topology
 */
export function joinFrames(
  parts: readonly [Frame, ...Frame[]],
  openShardIds: ReadonlyMap<number, readonly string[]>,
): Frame {
  const { topologyId, values } = joinShardColumns(
    parts.map((part) => ({ topologyId: part.topologyId, values: part.shards })),
    openShardIds,
  );
  return {
    ...parts[0],
    topologyId,
    collectedAtMs: parts.reduce((newest, part) => Math.max(newest, part.collectedAtMs), 0),
    stream: combineStreamValues(parts.map((part) => part.stream)),
    shards: values,
  };
}
