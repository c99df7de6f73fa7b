import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import { capOfShard, NO_LIMIT, type Rates } from '#lib/domain/replay/emit/caps.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import {
  type PredictedDuration,
  predictDuration,
} from '#lib/domain/replay/plan/predict-duration.ts';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';
import type { TargetShardView } from '#lib/replay/view/target.ts';
import type { PredictedLoad } from './predict-load.ts';

/** What a pace comes to, worked out anew with each move of a slider. */
export type PaceEstimate = {
  /** Infinity: it never ends. Null: nothing is known of what would be sent. */
  readonly duration: PredictedDuration | null;
  /** What may be written to all shards together; null: the live load of a shard is unknown and nothing caps it. */
  readonly cap: Rates | null;
  /** What it comes to over all of the time. */
  readonly mean: Rates | null;
};

/** From a request to its answer, until a plan has measured it on the target. */
export const ROUND_TRIP_ASSUMED_MS = 20;

export function estimatePace(question: {
  readonly load: PredictedLoad;
  readonly shards: readonly Pick<TargetShardView, 'live'>[];
  readonly pace: PaceSettings;
  readonly order: ReplayOrder;
  /** What the archive takes at its own speed (`playTime`); null: its times are not known. */
  readonly playMs: number | null;
}): PaceEstimate {
  const { load, shards, pace, order, playMs } = question;
  const caps = shards.map(({ live }) => capOfShard(live, pace.freeShare, pace.shardCap));
  const isKnown = shards.every(({ live }) => live !== null) || pace.shardCap !== null;
  const duration = predictDuration({
    records: load.records,
    sample: load,
    caps,
    total: pace.totalCap ?? NO_LIMIT,
    pace: pace.pace,
    playMs,
    order,
    roundTripMs: ROUND_TRIP_ASSUMED_MS,
  });
  const seconds = duration === null ? null : duration.ms / 1_000;
  return {
    duration,
    cap: isKnown ? least(sumOf(caps), pace.totalCap ?? NO_LIMIT) : null,
    mean:
      seconds === null || seconds === 0 || !Number.isFinite(seconds)
        ? null
        : { bytesPerSecond: load.bytes / seconds, recordsPerSecond: load.records / seconds },
  };
}

/** How long the parts of an archive take at its own speed, each pause between them cut to the idle gap. */
export function playTime(
  buckets: readonly TimeSpan[],
  window: TimeSpan | null,
  idleGapMs: number,
): number {
  let playMs = 0;
  let endMs: number | null = null;
  for (const bucket of buckets) {
    const fromMs = Math.max(bucket.fromMs, window?.fromMs ?? bucket.fromMs);
    const toMs = Math.min(bucket.toMs, window === null ? bucket.toMs : window.toMs + 1);
    if (toMs <= fromMs) continue;
    playMs += toMs - fromMs + (endMs === null ? 0 : Math.min(fromMs - endMs, idleGapMs));
    endMs = toMs;
  }
  return playMs;
}

function sumOf(rates: readonly Rates[]): Rates {
  return rates.reduce(
    (sum, rate) => ({
      bytesPerSecond: sum.bytesPerSecond + rate.bytesPerSecond,
      recordsPerSecond: sum.recordsPerSecond + rate.recordsPerSecond,
    }),
    { bytesPerSecond: 0, recordsPerSecond: 0 },
  );
}

function least(one: Rates, other: Rates): Rates {
  return {
    bytesPerSecond: Math.min(one.bytesPerSecond, other.bytesPerSecond),
    recordsPerSecond: Math.min(one.recordsPerSecond, other.recordsPerSecond),
  };
}
