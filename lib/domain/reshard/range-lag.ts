import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import type { Lag } from '#lib/domain/consumers/lag.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { holdsMergeBack } from './job/holds-merge-back.ts';

/** How a reader is in the shards that a plan closes: it reads each to its end before it goes on in what comes of it. */
export type RangeLag = {
  /** Of the one that it is furthest behind in, by the upper bound; null: of none it is known. */
  readonly worst: Extract<Lag, { kind: 'interval' }> | null;
  /** Shards of which its lag is not known, or that it has no lease of. */
  readonly unknownCount: number;
  /** Shards that it is too far behind in, or too badly off, for a merge. */
  readonly holdingCount: number;
};

export function rangeLag(
  leases: readonly Pick<LeaseHealth, 'shardId' | 'lag' | 'status'>[],
  closing: ReadonlySet<ShardId>,
): RangeLag {
  let worst: RangeLag['worst'] = null;
  let known = 0;
  let holdingCount = 0;
  for (const lease of leases) {
    if (!closing.has(lease.shardId)) continue;
    if (holdsMergeBack(lease)) holdingCount += 1;
    const { lag } = lease;
    if (lag.kind === 'unknown') continue;
    known += 1;
    if (lag.kind === 'interval' && lag.atMostMs > (worst?.atMostMs ?? -1)) worst = lag;
  }
  return { worst, unknownCount: closing.size - known, holdingCount };
}
