import type { Frame } from '#lib/domain/frame.ts';
import type { RowConsumers } from '#lib/live/row-consumers.ts';
import type { FrameHead, StreamDetail, TopologyHead } from '#lib/live/stream-detail.ts';
import type { Database } from '#server/db/client.ts';
import { readRowConsumers } from '#server/db/consumers/read-row-consumers.ts';
import type { CurrentStream } from '#server/db/read/current-streams.ts';
import { streamRow } from './stream-row.ts';
import type { TopologyCache } from './topology-cache.ts';
import type { TopologyShape } from './topology-shape.ts';

/** The row of each stream, with the topology and the frame that it was made of. */
export type CurrentView = Pick<StreamDetail, 'row' | 'topology'> & {
  /** null until ListShards has answered once. */
  readonly shape: TopologyShape | null;
  readonly frame: Frame | null;
};

/** @param nowMs the database's clock */
export async function currentViews(
  database: Database,
  topologies: TopologyCache,
  streams: readonly CurrentStream[],
  nowMs: number,
): Promise<readonly CurrentView[]> {
  const [shapes, consumers] = await Promise.all([
    topologies.get(
      database,
      streams.flatMap(({ stream }) => stream.topologyId ?? []),
    ),
    readRowConsumers(
      database,
      streams.map(({ stream }) => stream.id),
    ),
  ]);
  return streams.map((current) =>
    currentView(current, shapes, consumers.get(current.stream.id) ?? null, nowMs),
  );
}

function currentView(
  { stream, frame }: CurrentStream,
  shapes: ReadonlyMap<number, TopologyShape>,
  consumers: RowConsumers | null,
  nowMs: number,
): CurrentView {
  const shape = stream.topologyId === null ? null : (shapes.get(stream.topologyId) ?? null);
  return {
    row: streamRow(stream, shape, frame, nowMs, consumers),
    topology: shape === null ? null : topologyHead(shape),
    shape,
    frame: frame?.topologyId === shape?.view.topologyId ? frame : null,
  };
}

export function frameHead(streamId: number, frame: Frame): FrameHead {
  const { topologyId, periodStartMs, periodSeconds, collectedAtMs } = frame;
  return { streamId, topologyId, periodStartMs, periodSeconds, collectedAtMs };
}

function topologyHead({ view }: TopologyShape): TopologyHead {
  return {
    topologyId: view.topologyId,
    observedAtMs: view.observedAtMs,
    openCount: view.open.length,
    closedCount: view.closed.length,
  };
}
