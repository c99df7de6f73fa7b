import { type Frame, packFloats } from '#lib/domain/frame.ts';
import { pickShards } from '#lib/domain/pick-shards.ts';
import { type MapCell, mapCells, markCells, type RingWindow } from '#lib/domain/ring-map.ts';
import type { RingGeometry, RingMap } from '#lib/live/ring-map.ts';
import { foldGhosts } from '#lib/strip/fold-ghosts.ts';
import { figurePeriod } from './figure-period.ts';
import type { StreamView } from './read-view.ts';
import { layoutOf, type ShapeLayout } from './shape-layout.ts';
import { readingsOf } from './shape-readings.ts';
import type { TopologyShape } from './topology-shape.ts';

/** Cell bounds on the wire are whole millionths of the window: finer than any screen. */
const MILLION = 1_000_000;

/**
 * The map of a stream within a window of its ring.
 * @param knownTopologyId the asker has the geometry of this topology and window already
 */
export function ringMap(
  streamId: number,
  { shape, frame }: StreamView,
  window: RingWindow,
  knownTopologyId: number | null,
): RingMap {
  const { topologyId, open, closed } = shape.view;
  const layout = layoutOf(shape);
  const cells = mapCells(layout.ring, window);
  const marks = markCells(cells, readingsOf(shape, frame).marks);
  const alone = cells.filter((cell) => cell.alone);
  return {
    streamId,
    topologyId,
    window,
    openCount: open.length,
    closedCount: closed.length,
    geometry: topologyId === knownTopologyId ? null : geometryOf(shape, layout, cells, window),
    period: figurePeriod(frame),
    use: marks.every((mark) => Number.isNaN(mark.use))
      ? ''
      : base64(Float32Array.from(marks, (mark) => mark.use)),
    throttled: marks.flatMap((mark, cell) => (mark.throttled ? [cell] : [])),
    worst: marks.map((mark, cell) => mark.worstPlace - (cells[cell]?.firstPlace ?? 0)),
    aloneValues: aloneValues(frame, alone),
  };
}

function geometryOf(
  { view }: TopologyShape,
  { lineage }: ShapeLayout,
  cells: readonly MapCell[],
  window: RingWindow,
): RingGeometry {
  return {
    starts: cells.map((cell) => Math.round(cell.start * MILLION)),
    ends: cells.map((cell) => Math.round(cell.end * MILLION)),
    firstPlaces: cells.map((cell) => cell.firstPlace),
    lastPlaces: cells.map((cell) => cell.lastPlace),
    alone: cells.flatMap((cell, i) => {
      const shard = cell.alone ? view.open[cell.firstPlace] : undefined;
      if (shard === undefined) return [];
      const { shardId, startingHashKey, endingHashKey } = shard;
      return [{ cell: i, shardId, startingHashKey, endingHashKey }];
    }),
    ghosts: foldGhosts(lineage.ghosts, window),
    olderCount: lineage.olderCount,
  };
}

function aloneValues(frame: Frame | null, alone: readonly MapCell[]): string {
  if (frame === null) return '';
  const places = alone.map((cell) => cell.firstPlace);
  return base64(pickShards(frame, places));
}

function base64(values: Float32Array): string {
  return Buffer.from(packFloats(values)).toString('base64');
}
