import { z } from 'zod';
import { SHARD_FILTERS, SHARD_SORTS } from '#lib/shards/arrange-shards.ts';

/** More rows than any window has in sight. */
export const SHARDS_PER_PAGE_MAX = 100;

/** Which shards, in which order: ShardArrangement. */
export const arrangementSchema = z.object({
  search: z.string().max(200),
  filter: z.enum(SHARD_FILTERS),
  abovePercent: z.number().min(0).max(1_000).nullable(),
  withClosed: z.boolean(),
  withExpired: z.boolean(),
  sort: z.enum(SHARD_SORTS),
  direction: z.enum(['asc', 'desc']),
});
