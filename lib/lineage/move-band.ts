import type { LineageBox } from './draw-lineage.ts';
import type { Relative } from './lineage-map.ts';

/** `left` and `right` go through all bands in their order; the others along the family. */
export type LineageStep = 'left' | 'right' | 'parent' | 'child' | 'first' | 'last';

/**
 * Where a step leads from a band: to `from` itself where it leads nowhere.
 * @param from null: before the first
 */
export function moveBand(
  boxes: readonly LineageBox[],
  from: LineageBox | null,
  step: LineageStep,
): LineageBox | null {
  const at = from === null ? -1 : boxes.indexOf(from);
  switch (step) {
    case 'first':
      return boxes[0] ?? null;
    case 'last':
      return boxes.at(-1) ?? null;
    case 'left':
      return boxes[Math.max(0, at - 1)] ?? null;
    case 'right':
      return boxes[Math.min(boxes.length - 1, at + 1)] ?? null;
    case 'parent':
      return relativeOf(boxes, from?.band.shard?.parents) ?? from ?? boxes[0] ?? null;
    case 'child':
      return relativeOf(boxes, from?.band.shard?.children) ?? from ?? boxes[0] ?? null;
  }
}

function relativeOf(
  boxes: readonly LineageBox[],
  relatives: readonly Relative[] = [],
): LineageBox | undefined {
  return boxes.find(({ band }) =>
    relatives.some(({ shardId }) => shardId === band.shard?.shard.shardId),
  );
}
