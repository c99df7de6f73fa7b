import { STREAM_SHARDS_MAX } from '#lib/domain/limits.ts';

export type ShardCountFault = 'not-a-count' | 'above-double' | 'below-half' | 'above-stream-max';

/**
 * Why UpdateShardCount would refuse to go from `now` to `count` open shards; null where it does.
 * Source: API reference, UpdateShardCount: at most double, at least half, at most 10,000.
 */
export function shardCountFaultOf(now: number, count: number): ShardCountFault | null {
  if (!Number.isInteger(count) || count < 1) return 'not-a-count';
  if (count > STREAM_SHARDS_MAX) return 'above-stream-max';
  if (count > now * 2) return 'above-double';
  return count < now / 2 ? 'below-half' : null;
}

/**
 * The counts to call for, one after the other, to come from `now` to `count` with the fewest calls: beyond double or
 * half in several.
 * @example shardCountPath(3, 20) // [6, 12, 20]
 * @example shardCountPath(9, 2) // [5, 3, 2]
 */
export function shardCountPath(now: number, count: number): readonly number[] {
  const path: number[] = [];
  let at = now;
  while (at !== count) {
    at = count > at ? Math.min(count, at * 2) : Math.max(count, Math.ceil(at / 2));
    path.push(at);
  }
  return path;
}
