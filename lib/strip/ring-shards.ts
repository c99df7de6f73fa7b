import { HASH_KEY_SPACE, type HashKey, parseHashKey, toFraction } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import type { ShardRow, TopologyView } from '#lib/live/stream-detail.ts';

/** A shard's place on the ring, as far as drawing needs it. */
export type RingShard = {
  readonly shardId: string;
  readonly range: HashRange;
  /** Where the range begins and ends (exclusive) as fractions of the ring, 0 .. 1. */
  readonly start: number;
  readonly end: number;
};

/** Open shards in range order: place i is column i of a frame. */
export function ringShards(topology: TopologyView): readonly RingShard[] {
  return topology.open.map(ringShard);
}

/** @throws RangeError when a hash key is not one: the server sends them as Kinesis wrote them. */
export function ringShard(
  row: Pick<ShardRow, 'shardId' | 'startingHashKey' | 'endingHashKey'>,
): RingShard {
  const range = { start: readKey(row.startingHashKey), end: readKey(row.endingHashKey) };
  return { shardId: row.shardId, range, ...ringPieceOf(range) };
}

/** Where a range lies, as fractions of the ring; neighbours share a bound exactly. */
export function ringPieceOf(range: HashRange): RingPiece {
  const beyond = range.end + 1n;
  return {
    start: toFraction(range.start),
    end: beyond === HASH_KEY_SPACE ? 1 : toFraction(beyond),
  };
}

function readKey(text: string): HashKey {
  const key = parseHashKey(text);
  if (key === null) throw new RangeError(`Not a hash key: ${text}`);
  return key;
}
