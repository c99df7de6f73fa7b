import type { AdviceFacts, AdviceSettings, History, Present } from '#lib/domain/advice/facts.ts';
import type {
  FindingOf,
  Severity,
  ShardOfNote,
  ThrottlePattern,
  ThrottleSpread,
} from '#lib/domain/advice/finding.ts';
import { refusingShardIds } from '#lib/domain/advice/refusing-shards.ts';
import { shardOfNote } from '#lib/domain/advice/shard-of-note.ts';
import { shardsNeeded } from '#lib/domain/advice/shards-needed.ts';
import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { windowOf, windowOfPresent } from './windows.ts';

/** From this share of the window's periods on, refusals are not one bad burst. */
const SUSTAINED_SHARE = 0.2;
/** Or from so long without a break: retries of the usual back-off end long before. */
const SUSTAINED_MS = 3 * 60_000;
/** After so long without a refusal it is over. */
const OVER_MS = 5 * 60_000;

/** One shard is the matter where it refuses at least this share of all. */
const ONE_SHARD_SHARE = 0.6;
/** The whole stream is where so many of its shards refuse, or it uses so much of all its shards' limits. */
const WHOLE_STREAM_SHARE = 0.5;
const WHOLE_STREAM_USE = 0.8;

/** A mean that is lower than this hides refusals that lie within single seconds. */
const WITHIN_PERIOD_USE = 0.7;

type Found = FindingOf<'writes-throttled'>;

/** Refused records: how they lie in time and over the shards decides between retries, other shards and other keys. */
export function writeThrottleRule(facts: AdviceFacts, settings: AdviceSettings): readonly Found[] {
  const { present, history } = facts;
  if (present === null) return [];
  const now = present.throttledRecords ?? 0;
  const refusals = history?.refusals ?? null;
  if (now === 0 && (refusals?.throttledRecords ?? 0) === 0) return [];

  const throttledRecords = refusals?.throttledRecords ?? now;
  const acceptedRecords =
    refusals?.acceptedRecords ??
    (present.writeRecordsPerSecond === null
      ? null
      : present.writeRecordsPerSecond * present.periodSeconds);
  const pattern = patternOf(history);
  const worst = worstShard(facts);
  const spread = spreadOf(facts, worst, present);
  const needed = shardsNeeded(present, settings.headroom);
  return [
    {
      id: 'writes-throttled',
      severity: severityOf(pattern, now, present),
      pattern,
      spread,
      onDemand: facts.mode === 'ON_DEMAND',
      throttledRecords,
      acceptedRecords,
      throttledShare: throttledRecords / (throttledRecords + (acceptedRecords ?? 0)),
      throttledPeriods: refusals?.throttledPeriods ?? null,
      periods: refusals?.periods ?? null,
      shard: worst?.shard ?? null,
      shardShareOfThrottled: worst?.shareOfThrottled ?? null,
      throttledShardCount: worst?.throttledShardCount ?? null,
      throttledShardIds: refusing(facts),
      openShardCount: facts.openShardCount,
      streamUse: streamUse(present, facts.openShardCount),
      shardsNeededAtLeast: needed?.shards ?? null,
      withinPeriod: worst !== null && worst.shard.use < WITHIN_PERIOD_USE,
      window: refusals === null ? windowOfPresent(present) : windowOf(refusals),
    },
  ];
}

function patternOf(history: History | null): ThrottlePattern {
  if (history === null) return 'unknown';
  const { refusals } = history;
  const lastMs = refusals.lastThrottledAtMs;
  if (lastMs === null || refusals.toMs - lastMs > OVER_MS) return 'over';
  const lasts = refusals.throttledRun * refusals.periodSeconds * 1000 >= SUSTAINED_MS;
  // Two periods of five are no pattern yet.
  const isOften =
    refusals.throttledPeriods >= 3 &&
    refusals.throttledPeriods / refusals.periods >= SUSTAINED_SHARE;
  return lasts || isOften ? 'sustained' : 'burst';
}

function severityOf(pattern: ThrottlePattern, now: number, present: Present): Severity {
  if (pattern === 'over') return 'info';
  if (now === 0) return 'warning';
  const accepted = (present.writeRecordsPerSecond ?? 0) * present.periodSeconds;
  return now / (now + accepted) >= HEALTH_THRESHOLDS.refusedShare ? 'critical' : 'warning';
}

type Worst = {
  readonly shard: ShardOfNote;
  readonly shareOfThrottled: number | null;
  readonly throttledShardCount: number | null;
};

/** The shard that refused most; where it is not known who refused, the hottest. */
function worstShard({ history, hottest }: AdviceFacts): Worst | null {
  const shards = history?.recentShards?.shards ?? [];
  const refused = shards.reduce((sum, shard) => sum + shard.throttledRecords, 0);
  if (refused > 0) {
    const most = shards.reduce((a, b) => (b.throttledRecords > a.throttledRecords ? b : a));
    const shard = shardOfNote(most.shardId, most.peak);
    if (shard !== null) {
      return {
        shard,
        shareOfThrottled: most.throttledRecords / refused,
        throttledShardCount: shards.filter((one) => one.throttledRecords > 0).length,
      };
    }
  }
  if (hottest?.limit == null) return null;
  const { shardId, limit, use } = hottest;
  return { shard: { shardId, limit, use }, shareOfThrottled: null, throttledShardCount: null };
}

function refusing({ history, refusingShardIds: now }: AdviceFacts): readonly string[] {
  const recent = refusingShardIds(history?.recentShards?.shards ?? []);
  return recent.length > 0 ? recent : now;
}

function spreadOf(facts: AdviceFacts, worst: Worst | null, present: Present): ThrottleSpread {
  const use = streamUse(present, facts.openShardCount);
  if (use !== null && use >= WHOLE_STREAM_USE) return 'whole-stream';
  if (worst === null || worst.throttledShardCount === null) return 'unknown';
  if (
    facts.openShardCount > 1 &&
    worst.throttledShardCount / facts.openShardCount > WHOLE_STREAM_SHARE
  )
    return 'whole-stream';
  return (worst.shareOfThrottled ?? 0) >= ONE_SHARD_SHARE ? 'one-shard' : 'some-shards';
}

/** Use of all open shards together, by the limit that is used most. */
function streamUse(present: Present, openShardCount: number): number | null {
  const { writeBytesPerSecond, writeRecordsPerSecond } = present;
  const uses = [
    writeBytesPerSecond === null ? null : writeBytesPerSecond / SHARD_LIMITS.writeBytesPerSecondMax,
    writeRecordsPerSecond === null
      ? null
      : writeRecordsPerSecond / SHARD_LIMITS.writeRecordsPerSecondMax,
  ].filter((use) => use !== null);
  return uses.length === 0 ? null : Math.max(...uses) / Math.max(1, openShardCount);
}
