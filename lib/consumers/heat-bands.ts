import type { RingPiece } from '#lib/domain/ring-cells.ts';

/**
 * The rows of a heat map: from bound to bound of its shards while these are few enough to be told apart, so that each
 * row is of one shard at a time; else stretches of equal height.
 *
 * @param pieces where the shards lie, in any order, also those of different generations
 * @returns side by side from the start of the ring to its end; one row for no shard
 */
export function heatBands(pieces: readonly RingPiece[], countMax: number): readonly RingPiece[] {
  const bounds = new Set([0, 1]);
  for (const { start, end } of pieces) {
    bounds.add(start);
    bounds.add(end);
    if (bounds.size > countMax + 1) return evenBands(countMax);
  }
  const edges = [...bounds].sort((a, b) => a - b);
  return edges.slice(1).map((end, i) => ({ start: edges[i] ?? 0, end }));
}

function evenBands(count: number): readonly RingPiece[] {
  return Array.from({ length: count }, (_, i) => ({ start: i / count, end: (i + 1) / count }));
}
