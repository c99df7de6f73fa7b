import type { HashRange } from '#lib/domain/hash-range.ts';
import { type LoadEstimate, loadEstimate } from './load-estimate.ts';
import { NO_RATE, type WriteRate } from './write-rate.ts';

/** What was written to a shard; null: not known. */
export type ShardRate = { readonly range: HashRange; readonly rate: WriteRate | null };

/** @param shards that cover the ring, in range order */
export function loadFromShards(shards: readonly ShardRate[]): LoadEstimate {
  return loadEstimate(
    shards.map(({ range, rate }) => ({ start: range.start, ...(rate ?? NO_RATE) })),
    shards.flatMap(({ range, rate }) => (rate === null ? [range] : [])),
  );
}
