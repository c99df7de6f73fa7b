import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { PlannedShardView } from './view/plan.ts';

/** A shard of the target: how full it is, and how full the replay may make it; shares of its tighter limit. */
export type TargetUse = {
  readonly shardId: string;
  /** Decimal text. */
  readonly start: string;
  readonly recordShare: number;
  readonly live: number | null;
  /** Live traffic and the replay at its cap together; null: either is unknown. */
  readonly atCap: number | null;
};

/** In the order that they come in. */
export function targetUses(shards: readonly PlannedShardView[]): readonly TargetUse[] {
  return shards.map(({ shardId, start, live, cap, recordShare }) => ({
    shardId,
    start,
    recordShare,
    live: live === null ? null : shareOfLimit(live),
    atCap:
      live === null || cap === null
        ? null
        : shareOfLimit({
            bytesPerSecond: live.bytesPerSecond + cap.bytesPerSecond,
            recordsPerSecond: live.recordsPerSecond + cap.recordsPerSecond,
          }),
  }));
}

function shareOfLimit({ bytesPerSecond, recordsPerSecond }: Rates): number {
  return Math.max(
    bytesPerSecond / SHARD_LIMITS.writeBytesPerSecondMax,
    recordsPerSecond / SHARD_LIMITS.writeRecordsPerSecondMax,
  );
}
