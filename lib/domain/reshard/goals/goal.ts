import type { HashKey } from '#lib/domain/hash-key.ts';
import type { Boundaries } from '#lib/domain/reshard/boundaries.ts';
import type { Layout } from '#lib/domain/reshard/layout.ts';
import type { LoadEstimate } from '#lib/domain/reshard/load/load-estimate.ts';
import type { ShardReads } from '#lib/domain/reshard/load/shard-reads.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { StreamMode } from '#lib/domain/stream.ts';

/** Where a shard is split. */
export type Cut =
  | { readonly by: 'middle' }
  | { readonly by: 'load-median' }
  | { readonly by: 'hash-key'; readonly at: HashKey };

/** What somebody wants of the shards of a stream. */
export type Goal =
  | { readonly kind: 'split-shard'; readonly shardId: ShardId; readonly cut: Cut }
  | { readonly kind: 'merge-shards'; readonly shardIds: readonly [ShardId, ShardId] }
  /** `count` equal ranges. */
  | { readonly kind: 'scale-to-count'; readonly count: number }
  /** As few shards as carry the load with `headroom` above it (0.3: 30 %), cut by load. */
  | { readonly kind: 'scale-to-fit'; readonly headroom: number }
  /**
   * `count` shards as equally used as can be. `slack`: by how much the busiest may be above the best there is, as a
   * share of it, so that fewer boundaries move: 0.05 is 5 %.
   */
  | { readonly kind: 'rebalance'; readonly count: number; readonly slack: number }
  /** A shard of two keys for the one that is too hot, so that it harms no other. */
  | { readonly kind: 'isolate-key'; readonly at: HashKey }
  /** Neighbours that together stay below `useMax` of one shard's limits, written and read, become one. */
  | { readonly kind: 'merge-cold'; readonly useMax: number }
  | { readonly kind: 'boundaries'; readonly boundaries: Boundaries }
  /** Back to how it was before. */
  | { readonly kind: 'former-layout'; readonly boundaries: Boundaries };

type GoalKind = Goal['kind'];
export type GoalOf<Kind extends GoalKind> = Extract<Goal, { readonly kind: Kind }>;

/** All that planning rests on. */
export type GoalContext = {
  readonly mode: StreamMode;
  readonly layout: Layout;
  readonly load: LoadEstimate;
  /** What is read of each shard; one that is not there is unknown. */
  readonly reads: ReadonlyMap<ShardId, ShardReads>;
  /** Open shards that the stream may have at a time: what the account's quota leaves, with its own. */
  readonly peakShardsMax: number;
  /** Calls of UpdateShardCount that are left in these 24 hours, at least. */
  readonly shardCountCallsLeft: number;
};
