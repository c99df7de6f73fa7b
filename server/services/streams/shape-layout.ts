import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { childrenByParent, type ShardFacts, shardFacts } from '#lib/shards/shard-facts.ts';
import { type Lineage, lineageGhosts } from '#lib/strip/lineage-ghosts.ts';
import { ringShards } from '#lib/strip/ring-shards.ts';
import type { TopologyShape } from './topology-shape.ts';

/** What follows from a topology for those who look at its shards. Made once, and forgotten with the topology. */
export type ShapeLayout = {
  /** Where each open shard lies, in range order. */
  readonly ring: readonly RingPiece[];
  /** Open shards in range order, then closed ones. */
  readonly facts: readonly ShardFacts[];
  readonly factsById: ReadonlyMap<string, ShardFacts>;
  readonly childrenOf: ReadonlyMap<string, readonly string[]>;
  readonly lineage: Lineage;
};

/** Rows of closed shards that there is room for below the strip. */
const GENERATIONS_DRAWN = 3;

// A stream that nobody looks at needs none of this: 10,000 shards take some 10 MB.
const layouts = new WeakMap<TopologyShape, ShapeLayout>();

export function layoutOf(shape: TopologyShape): ShapeLayout {
  const known = layouts.get(shape);
  if (known !== undefined) return known;
  const facts = shardFacts(shape.view);
  const layout: ShapeLayout = {
    ring: ringShards(shape.view),
    facts,
    factsById: new Map(facts.map((each) => [each.shard.shardId, each])),
    childrenOf: childrenByParent(facts),
    lineage: lineageGhosts(shape.view, GENERATIONS_DRAWN),
  };
  layouts.set(shape, layout);
  return layout;
}
