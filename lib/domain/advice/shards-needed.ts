import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Limit } from '#lib/domain/throughput.ts';
import type { Load } from './facts.ts';

export type ShardsNeeded = {
  readonly shards: number;
  /** Which limit asks for that many. */
  readonly limit: Limit;
  /** Use of all limits by `shards` shards that share the load evenly, before headroom: load over capacity. */
  readonly capacityUsed: number;
};

/**
 * How many shards carry a load with `headroom` above it, were it spread evenly over them.
 * Source: developer guide, "Choose the right mode" (number_of_shards = max of incoming KiB/s / 1024 and outgoing KiB/s
 * / 2048), with the limit in records, and with this product's own headroom. Without enhanced fan-out readers share
 * what a shard gives; what is read by fan-out is not in the load.
 * @returns null where nothing of the load is known
 * @example shardsNeeded({ writeBytesPerSecond: 5 * 1_048_576, ...}, 0.3) // 7: ceil(5 x 1.3)
 */
export function shardsNeeded(load: Load, headroom: number): ShardsNeeded | null {
  const units: readonly (readonly [Limit, number | null])[] = [
    ['writeBytes', over(load.writeBytesPerSecond, SHARD_LIMITS.writeBytesPerSecondMax)],
    ['writeRecords', over(load.writeRecordsPerSecond, SHARD_LIMITS.writeRecordsPerSecondMax)],
    ['readBytes', over(load.readBytesPerSecond, SHARD_LIMITS.readBytesPerSecondMax)],
  ];
  let most: { readonly limit: Limit; readonly shards: number } | null = null;
  for (const [limit, shards] of units) {
    if (shards !== null && (most === null || shards > most.shards)) most = { limit, shards };
  }
  if (most === null) return null;
  // 5 x 1.3 is 6.500000000000001 or 6.5 by chance of rounding; 10 x 1.1 must stay 11.
  const exact = most.shards * (1 + headroom);
  const shards = Math.max(1, Math.ceil(exact - 1e-9));
  return { shards, limit: most.limit, capacityUsed: most.shards / shards };
}

function over(perSecond: number | null, perShard: number): number | null {
  return perSecond === null ? null : perSecond / perShard;
}
