import type { History, ShardWindow } from '#lib/domain/advice/facts.ts';
import { joinShardColumns } from '#lib/domain/join-topologies.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import type { ShardRow } from '#lib/live/stream-detail.ts';
import type { CurrentStream } from '#server/db/read/current-streams.ts';
import {
  type HistoryWindow,
  readShardValues,
  readStreamValues,
} from '#server/db/read/history-frames.ts';
import { readHistoryTiers, type StoredTier } from '#server/db/read/history-tiers.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { chooseTier } from '#server/services/streams/choose-tier.ts';
import { openShardIds } from '#server/services/streams/open-shard-ids.ts';
import { type PeriodsOfTier, peaksOf } from './peaks.ts';
import { lagGrowthPerHour, refusalsOf } from './refusals.ts';
import { shardLoads } from './shard-loads.ts';
import { streamPeriods } from './stream-series.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A mean of an hour is no peak. */
const PEAK_PERIOD_SECONDS_MAX = 300;
/** What an on-demand stream has grown to counts from so far back, and without the last minutes. */
const BEFORE_MS = 30 * DAY_MS;
const NOT_BEFORE_MS = 15 * MINUTE_MS;

/** Shard values that are looked through: of a wide stream each n-th period is. */
const VALUES_MAX = 4_000_000;

type Context = Pick<ServiceContext, 'database' | 'topologies'>;

/** What changes with each period: refusals, lag and load of the last hour. */
export type RecentHistory = Pick<
  History,
  'refusals' | 'iteratorAgeGrowthMsPerHour' | 'recentShards'
>;

/** What changes slowly, and takes reading all that is kept. */
export type LongHistory = Pick<History, 'dayShards' | 'peaks' | 'peaksBefore'>;

/** null where nothing is recorded of the last hour. */
export async function readRecentHistory(
  ctx: Context,
  current: CurrentStream,
  nowMs: number,
): Promise<RecentHistory | null> {
  const tiers = await readHistoryTiers(ctx.database, current.stream.id);
  const window = windowOf(current, tiers, nowMs - HOUR_MS, nowMs);
  if (window === null) return null;
  const periods = streamPeriods(await readStreamValues(ctx.database, window));
  if (periods.length === 0) return null;
  return {
    refusals: refusalsOf(periods, window.periodSeconds),
    iteratorAgeGrowthMsPerHour: lagGrowthPerHour(periods),
    recentShards: await readShardWindow(ctx, current, window),
  };
}

/** null where nothing is recorded. */
export async function readLongHistory(
  ctx: Context,
  current: CurrentStream,
  nowMs: number,
): Promise<LongHistory | null> {
  const tiers = await readHistoryTiers(ctx.database, current.stream.id);
  const recorded: PeriodsOfTier[] = [];
  for (const { periodSeconds, oldestStartMs } of tiers) {
    if (periodSeconds > PEAK_PERIOD_SECONDS_MAX) continue;
    const window = {
      streamId: current.stream.id,
      periodSeconds,
      fromMs: oldestStartMs,
      toMs: nowMs,
    };
    const periods = streamPeriods(await readStreamValues(ctx.database, window));
    recorded.push({ periodSeconds, periods });
  }
  const peaks = peaksOf(recorded);
  if (peaks === null) return null;
  const before = recorded.map(({ periodSeconds, periods }) => ({
    periodSeconds,
    periods: periods.filter(
      ({ startMs }) => startMs >= nowMs - BEFORE_MS && startMs < nowMs - NOT_BEFORE_MS,
    ),
  }));
  const day = windowOf(current, tiers, nowMs - DAY_MS, nowMs);
  return {
    dayShards: day === null ? null : await readShardWindow(ctx, current, day),
    peaks,
    peaksBefore: peaksOf(before),
  };
}

function windowOf(
  { stream }: CurrentStream,
  tiers: readonly StoredTier[],
  fromMs: number,
  toMs: number,
): HistoryWindow | null {
  const tier = chooseTier(tiers, fromMs, toMs);
  return tier === null ? null : { streamId: stream.id, ...tier };
}

/**
 * null where shard-level metrics are off, or nothing was read with them in the window.
 * @param wanted in range order; null: those that are open now
 */
export async function readShardWindow(
  ctx: Context,
  { stream }: CurrentStream,
  window: HistoryWindow,
  wanted: readonly ShardRow[] | null = null,
): Promise<ShardWindow | null> {
  if (stream.shardMetrics.length === 0 || stream.topologyId === null) return null;
  const { periodSeconds } = window;
  const periods = (window.toMs - window.fromMs) / (periodSeconds * 1000);
  const values = periods * stream.openShardCount * SHARD_METRICS.length;
  const stride = Math.max(1, Math.ceil(values / VALUES_MAX));
  const parts = (await readShardValues(ctx.database, window, stride)).filter(
    (part) => part.values.length > 0,
  );
  const shapes = await ctx.topologies.get(ctx.database, [
    stream.topologyId,
    ...parts.map(({ topologyId }) => topologyId),
  ]);
  const idsOf = openShardIds(shapes);
  const open = wanted ?? shapes.get(stream.topologyId)?.view.open;
  const starts = parts.map(({ periodStartMs }) => periodStartMs);
  if (open === undefined || starts.length === 0) return null;
  const firstMs = starts.reduce((a, b) => Math.min(a, b));
  const lastMs = starts.reduce((a, b) => Math.max(a, b));
  return {
    fromMs: firstMs,
    toMs: lastMs + periodSeconds * 1000,
    // As far apart as the periods that were looked at are: by it a shard's age in the window is judged.
    periodSeconds: periodSeconds * stride,
    shards: shardLoads({
      open,
      openShardIds: idsOf,
      frames: [...Map.groupBy(parts, ({ periodStartMs }) => periodStartMs).values()].map(
        (ofPeriod) =>
          joinShardColumns(
            ofPeriod.toSorted((a, b) => a.topologyId - b.topologyId),
            idsOf,
          ),
      ),
      periodSeconds,
      metricsOn: new Set(stream.shardMetrics),
    }),
  };
}
