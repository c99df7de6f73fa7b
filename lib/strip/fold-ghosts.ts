import type { RingWindow } from '#lib/domain/ring-map.ts';
import type { RingGhost } from '#lib/live/ring-map.ts';
import type { LineageGhost } from './lineage-ghosts.ts';

/** Ghosts that are narrower than this share of the window, or stand closer together, fall together. */
const THIN = 1 / 512;

/** Ghosts within a window, those of a generation that are too thin to be told apart as one. */
export function foldGhosts(
  ghosts: readonly LineageGhost[],
  window: RingWindow,
): readonly RingGhost[] {
  const span = window.to - window.from;
  const inSight = ghosts
    .filter(({ start, end }) => end > window.from && start < window.to)
    .sort((a, b) => a.generation - b.generation || a.start - b.start);
  const folded: RingGhost[] = [];
  for (const ghost of inSight) {
    const next: RingGhost = {
      start: Math.max(0, (ghost.start - window.from) / span),
      end: Math.min(1, (ghost.end - window.from) / span),
      generation: ghost.generation,
      shardId: ghost.shardId,
      count: 1,
    };
    const last = folded.at(-1);
    if (last !== undefined && fallTogether(last, next)) {
      const count = last.count + 1;
      folded[folded.length - 1] = { ...last, end: next.end, shardId: null, count };
    } else {
      folded.push(next);
    }
  }
  return folded;
}

function fallTogether(left: RingGhost, right: RingGhost): boolean {
  const isThin = ({ start, end, count }: RingGhost) => count > 1 || end - start < THIN;
  return (
    left.generation === right.generation &&
    isThin(left) &&
    isThin(right) &&
    right.start - left.end < THIN
  );
}
