import type { Preview } from '#lib/domain/reshard/preview.ts';

/** Steps of a plan that wait for consumers: merges, and calls of UpdateShardCount where it leaves fewer shards. */
export function mergingSteps({
  operations,
  shards,
}: Pick<Preview, 'operations' | 'shards'>): number {
  return operations.merges + (shards.after < shards.before ? operations.shardCountCalls : 0);
}
