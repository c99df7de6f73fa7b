import { parseHashKey } from '#lib/domain/hash-key.ts';
import { type HashRange, hashRange, rangeShare } from '#lib/domain/hash-range.ts';
import { decodeSequenceNumber, parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import {
  type ShardFigures,
  type ShardUse,
  shardFigures,
  shardUse,
  type TightestLimit,
  tightestLimit,
} from '#lib/domain/throughput.ts';
import type { FrameView, ShardRow, TopologyView } from '#lib/live/stream-detail.ts';
import { unpackFrame } from '#lib/live/unpack-frame.ts';

/** What does not change while a topology is in force. */
export type ShardFacts = {
  readonly shard: ShardRow;
  readonly open: boolean;
  /** Column of this shard in a frame of its topology; null for a closed shard. */
  readonly place: number | null;
  readonly range: HashRange;
  /** Share of the ring, 0 .. 1. */
  readonly share: number;
  readonly parents: readonly string[];
  /** From the starting sequence number; null where its layout is another one. */
  readonly createdAtMs: number | null;
};

/** What one shard did in one period. */
export type ShardReading = {
  readonly figures: ShardFigures;
  readonly use: ShardUse;
  readonly tightest: TightestLimit;
};

/** Open shards in range order, then closed ones in the order of the listing. */
export function prepareShardFacts(topology: TopologyView): readonly ShardFacts[] {
  return [
    ...topology.open.map((shard, place) => factsOf(shard, place)),
    ...topology.closed.map((shard) => factsOf(shard, null)),
  ];
}

/**
 * Readings by place. Empty where there is no frame, where it belongs to another topology (its columns are
 * other shards), or where shard-level metrics are off.
 */
export function prepareShardReadings(
  topology: TopologyView,
  view: FrameView | null,
): readonly ShardReading[] {
  if (view === null || view.topologyId !== topology.topologyId) return [];
  const frame = unpackFrame(view);
  if (frame.shards.length !== topology.open.length * SHARD_METRICS.length) return [];
  return topology.open.map((_, place) => {
    const figures = shardFigures(frame, place);
    const use = shardUse(figures);
    return { figures, use, tightest: tightestLimit(use) };
  });
}

function factsOf(shard: ShardRow, place: number | null): ShardFacts {
  const range = rangeOf(shard);
  return {
    shard,
    open: place !== null,
    place,
    range,
    share: rangeShare(range),
    parents: [shard.parentShardId, shard.adjacentParentShardId].filter((id) => id !== null),
    createdAtMs: createdAtMs(shard.startingSequenceNumber),
  };
}

/** @throws RangeError where the server sent what is no hash key: a defect, not a state to show. */
function rangeOf(shard: ShardRow): HashRange {
  const start = parseHashKey(shard.startingHashKey);
  const end = parseHashKey(shard.endingHashKey);
  if (start === null || end === null) {
    throw new RangeError(`${shard.shardId} has no hash range`);
  }
  return hashRange(start, end);
}

function createdAtMs(startingSequenceNumber: string): number | null {
  const parsed = parseSequenceNumber(startingSequenceNumber);
  const fields = parsed === null ? null : decodeSequenceNumber(parsed);
  return fields === null ? null : fields.shardCreatedSeconds * 1_000;
}
