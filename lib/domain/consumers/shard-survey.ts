import type { ShardId } from '#lib/domain/shard.ts';

/** What the evaluator needs to know of a shard, worked out once a listing rather than once an evaluation. */
export type SurveyedShard = {
  readonly shardId: ShardId;
  readonly isOpen: boolean;
  /** Epoch milliseconds, to the second; null where its first sequence number does not tell. */
  readonly createdMs: number | null;
  readonly parentIds: readonly ShardId[];
  readonly childIds: readonly ShardId[];
  /** Its place in hash-key order; an ancestor stands before its descendants of the same start. */
  readonly place: number;
};

/** A stream's shards, open and closed, as ListShards told. */
export type ShardSurvey = {
  /** When they were listed, epoch milliseconds on AWS's clock. */
  readonly listedMs: number;
  readonly shards: ReadonlyMap<ShardId, SurveyedShard>;
};
