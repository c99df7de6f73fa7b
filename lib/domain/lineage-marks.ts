import type { LineageShard } from './lineage.ts';
import { type LineageFrame, ringShares } from './lineage-bands.ts';

/** A split or a merge, at the boundary that came or went; several of a kind where they lie too close together. */
export type LineageMark = {
  readonly kind: 'split' | 'merge';
  /** Share of the window. */
  readonly at: number;
  /** Epoch milliseconds; of several, the first. */
  readonly atMs: number;
  readonly count: number;
};

/** As close together as marks may lie, in parts of the window and of the time. */
const COLUMNS = 128;
const ROWS = 64;
const COLUMNS_MIN = 8;

/** The splits and merges in sight, oldest first. A child whose creation nobody knows has none. */
export function lineageMarks(
  shards: readonly LineageShard[],
  frame: LineageFrame,
  marksMax: number,
): readonly LineageMark[] {
  const byId = new Map(shards.map((shard) => [shard.shard.shardId, shard]));
  const all = shards.flatMap((shard) => [splitOf(shard, byId), mergeOf(shard, byId)]);
  const inSight = all
    .filter((mark) => mark !== null)
    .map((mark) => ({ ...mark, at: shareOf(mark.at, frame) }))
    .filter(({ at, atMs }) => at >= 0 && at <= 1 && atMs >= frame.fromMs && atMs <= frame.toMs)
    .sort((a, b) => a.atMs - b.atMs);
  let marks = fold(inSight, frame, COLUMNS, ROWS);
  for (let columns = COLUMNS / 2; columns >= COLUMNS_MIN && marks.length > marksMax; columns /= 2) {
    marks = fold(inSight, frame, columns, columns / 2);
  }
  return marks;
}

type Mark = Omit<LineageMark, 'count'>;
type ById = ReadonlyMap<string, LineageShard>;

/** At the last child's first key: the boundary that the split made. */
function splitOf({ childIds }: LineageShard, byId: ById): Mark | null {
  if (childIds.length < 2) return null;
  const right = byId.get(childIds.at(-1) ?? '');
  return right === undefined || right.createdAtMs === null
    ? null
    : { kind: 'split', at: ringShares(right.shard.range).start, atMs: right.createdAtMs };
}

/** At the right parent's first key: the boundary that the merge took away. */
function mergeOf({ shard, createdAtMs }: LineageShard, byId: ById): Mark | null {
  const { parentShardId, adjacentParentShardId } = shard;
  if (parentShardId === null || adjacentParentShardId === null || createdAtMs === null) return null;
  const starts = [parentShardId, adjacentParentShardId].map((id) => {
    const parent = byId.get(id);
    return parent === undefined ? null : ringShares(parent.shard.range).start;
  });
  const [one = null, other = null] = starts;
  if (one === null || other === null) return null;
  return { kind: 'merge', at: Math.max(one, other), atMs: createdAtMs };
}

function shareOf(onRing: number, { window: { from, to } }: LineageFrame): number {
  return (onRing - from) / (to - from);
}

function fold(
  marks: readonly Mark[],
  { fromMs, toMs }: LineageFrame,
  columns: number,
  rows: number,
): readonly LineageMark[] {
  const folded = new Map<string, LineageMark>();
  for (const mark of marks) {
    const row = Math.floor(((mark.atMs - fromMs) / (toMs - fromMs)) * rows);
    const key = `${mark.kind} ${Math.floor(mark.at * columns)} ${row}`;
    const known = folded.get(key);
    folded.set(
      key,
      known === undefined ? { ...mark, count: 1 } : { ...known, count: known.count + 1 },
    );
  }
  return [...folded.values()];
}
