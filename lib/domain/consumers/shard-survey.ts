import { decodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { isOpen, type Shard, type ShardId } from '#lib/domain/shard.ts';

/** What the evaluator needs to know of a shard, worked out once a listing rather than once an evaluation. */
export type SurveyedShard = {
  readonly shardId: ShardId;
  readonly isOpen: boolean;
  /** Epoch milliseconds, to the second; null where its first sequence number does not tell. */
  readonly createdMs: number | null;
  readonly parentIds: readonly ShardId[];
};

/** A stream's shards, open and closed, as ListShards told. */
export type ShardSurvey = {
  /** When they were listed, epoch milliseconds on AWS's clock. */
  readonly listedMs: number;
  /** In hash-key order; an ancestor stands before its descendants of the same start. */
  readonly shards: ReadonlyMap<ShardId, SurveyedShard>;
};

/** @param shards of one listing, open and closed */
export function surveyShards(shards: readonly Shard[], listedMs: number): ShardSurvey {
  const ordered = [...shards].sort(byStartThenAge);
  return { listedMs, shards: new Map(ordered.map((shard) => [shard.shardId, survey(shard)])) };
}

function survey(shard: Shard): SurveyedShard {
  const fields = decodeSequenceNumber(shard.startingSequenceNumber);
  return {
    shardId: shard.shardId,
    isOpen: isOpen(shard),
    createdMs: fields === null ? null : fields.shardCreatedSeconds * 1000,
    parentIds: [shard.parentShardId, shard.adjacentParentShardId].filter((id) => id !== null),
  };
}

/** Shards are numbered as they are made: the lower number is the elder. */
function byStartThenAge(a: Shard, b: Shard): number {
  if (a.range.start !== b.range.start) return a.range.start < b.range.start ? -1 : 1;
  return a.shardId.length - b.shardId.length || (a.shardId < b.shardId ? -1 : 1);
}
