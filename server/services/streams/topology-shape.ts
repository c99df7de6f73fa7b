import { HASH_KEY_SPACE } from '#lib/domain/hash-key.ts';
import type { ShardRow, TopologyView } from '#lib/live/stream-detail.ts';
import type { StoredTopology } from '#server/db/read/topologies.ts';

/** Columns of a strip in small. */
export const MINI_STRIP_COLUMNS = 96;

/** What a topology is needed for, worked out once: it never changes. */
export type TopologyShape = {
  readonly view: TopologyView;
  /** First and last column of the small strip that the open shard at each place touches. */
  readonly firstColumn: Uint8Array;
  readonly lastColumn: Uint8Array;
};

/** @throws SyntaxError when a stored hash key is not a decimal integer */
export function topologyShape(stored: StoredTopology): TopologyShape {
  const open = stored.shards.filter(isOpenRow);
  return {
    view: {
      topologyId: stored.topologyId,
      observedAtMs: stored.observedAtMs,
      open,
      closed: stored.shards.filter((shard) => !isOpenRow(shard)),
    },
    firstColumn: Uint8Array.from(open, (shard) => columnOf(BigInt(shard.startingHashKey))),
    lastColumn: Uint8Array.from(open, (shard) => columnOf(BigInt(shard.endingHashKey))),
  };
}

function isOpenRow(shard: ShardRow): boolean {
  return shard.endingSequenceNumber === null;
}

function columnOf(key: bigint): number {
  return Number((key * BigInt(MINI_STRIP_COLUMNS)) / HASH_KEY_SPACE);
}
