import { HEALTH_THRESHOLDS } from './health.ts';
import { type Limit, type ShardUse, tightestLimit } from './throughput.ts';

/** What was used of each limit in a period; NaN where unknown. */
export type UsePoint = {
  readonly periodStartMs: number;
  readonly periodSeconds: number;
  readonly use: ShardUse;
};

/** The limit that binds, and since when it has without a break. */
export type BindingLimit = {
  readonly limit: Limit;
  /** In the newest period, 0 .. 1 and beyond. */
  readonly use: number;
  /** Start of the first period of the unbroken run, epoch milliseconds. */
  readonly sinceMs: number;
  /**
   * Nothing is known of the time before `sinceMs`: the limit may have bound for longer. A gap ends what can be
   * claimed, as an unknown period is neither above the threshold nor below.
   */
  readonly atLeast: boolean;
  /** Length of the periods at `sinceMs`: how exactly that is known, seconds. */
  readonly resolutionSeconds: number;
};

/**
 * Which limit binds in the newest period, and since when that limit has been used at least as much as `threshold` in
 * each period. The same for a shard and for a whole stream (all of its shards together against all their limits).
 *
 * @param points ascending, without overlap; periods may be shorter towards the end
 * @param threshold use from which a limit binds, 0 .. 1
 * @returns null where no limit binds, or nothing is known of the newest period
 */
export function bindingLimit(
  points: readonly UsePoint[],
  threshold: number = HEALTH_THRESHOLDS.hotShardUse,
): BindingLimit | null {
  const newest = points.at(-1);
  if (newest === undefined) return null;
  const { limit, use } = tightestLimit(newest.use);
  if (limit === null || use < threshold) return null;

  let first = newest;
  for (let i = points.length - 2; i >= 0; i -= 1) {
    const point = points[i];
    if (point === undefined) break;
    const before = point.use[limit];
    const endMs = point.periodStartMs + point.periodSeconds * 1_000;
    if (Number.isNaN(before) || endMs !== first.periodStartMs) {
      return claim(limit, use, first, true);
    }
    if (before < threshold) return claim(limit, use, first, false);
    first = point;
  }
  return claim(limit, use, first, true);
}

function claim(limit: Limit, use: number, first: UsePoint, atLeast: boolean): BindingLimit {
  return {
    limit,
    use,
    sinceMs: first.periodStartMs,
    atLeast,
    resolutionSeconds: first.periodSeconds,
  };
}
