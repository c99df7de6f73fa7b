import type { ShardLoad } from '#lib/domain/advice/facts.ts';
import type { LineageShard } from '#lib/domain/lineage.ts';
import { type Boundaries, rangesOf } from '#lib/domain/reshard/boundaries.ts';
import type { WriteRate } from '#lib/domain/reshard/load/write-rate.ts';
import { compareUse } from '#lib/domain/reshard/watch/compare-use.ts';
import { rangeKey, type ShardsOfReshard } from '#lib/domain/reshard/watch/shards-of-reshard.ts';
import { type Span, WATCH_PERIODS_MAX } from '#lib/domain/reshard/watch/watch-span.ts';
import type { ShardRow } from '#lib/live/stream-detail.ts';
import type { UseWatchView } from '#lib/reshard/watch-view.ts';
import type { CurrentStream } from '#server/db/read/current-streams.ts';
import { readHistoryTiers } from '#server/db/read/history-tiers.ts';
import { readForecast } from '#server/db/reshard/reshard-job.ts';
import { readShardWindow } from '#server/services/advice/read-history.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { chooseTier } from '#server/services/streams/choose-tier.ts';
import { ratesOfForecast } from './forecast.ts';
import { stripOf } from './preview-reshard.ts';
import { rateOf } from './read-load.ts';

const SHARDS_SHOWN = 50;

/**
 * What each shard of the layout that a reshard reached was to take, by the plan, and what it took in `span`: mean
 * against mean, or highest period against highest period, as the plan looked at the load.
 */
export async function readUseWatch(
  ctx: Pick<ServiceContext, 'database' | 'topologies'>,
  of: {
    readonly jobId: number;
    readonly current: CurrentStream;
    readonly shards: Pick<ShardsOfReshard, 'layout'>;
    readonly planned: Boundaries;
    readonly span: Span | null;
  },
): Promise<UseWatchView> {
  const { current, shards, planned, span } = of;
  const forecast = await readForecast(ctx.database, of.jobId);
  const predicted = new Map<string, WriteRate | null>();
  if (forecast !== null) {
    const rates = ratesOfForecast(forecast);
    for (const [i, range] of rangesOf(planned).entries())
      predicted.set(rangeKey(range), rates[i] ?? null);
  }
  const rows = shards.layout.flatMap(({ shard }) => (shard === null ? [] : [rowOf(shard)]));
  const window = span === null ? null : await readWindow(ctx, current, span, rows);
  const loads = new Map(window?.shards.map((load) => [load.shardId, load]));
  const by = forecast?.by ?? 'mean';
  const comparison = compareUse(
    shards.layout.map(({ range, shard }) => {
      const load = shard === null ? undefined : loads.get(shard.shard.shardId);
      return {
        range,
        shardId: shard?.shard.shardId ?? null,
        predicted: predicted.get(rangeKey(range)) ?? null,
        actual: load === undefined || load.periods === 0 ? null : rateOf(load[by]),
      };
    }),
  );
  const uses = comparison.shards;
  return {
    busiest: comparison.busiest,
    loadRatio: comparison.loadRatio,
    basis: forecast && {
      minutes: forecast.minutes,
      by: forecast.by,
      untilMs: forecast.untilMs,
      periodSeconds: forecast.periodSeconds,
    },
    window: window && {
      fromMs: window.fromMs,
      toMs: window.toMs,
      periodSeconds: window.periodSeconds,
    },
    shardMetricsOn: current.stream.shardMetrics.length > 0,
    predicted: stripOf(uses.map(({ range, predictedUse: use }) => ({ range, use }))),
    actual: stripOf(uses.map(({ range, actualUse: use }) => ({ range, use }))),
    shardCount: uses.length,
    shards: uses
      .toSorted((a, b) => highest(b) - highest(a))
      .slice(0, SHARDS_SHOWN)
      .map(({ range, shardId, predictedUse, actualUse }) => ({
        shardId,
        startingHashKey: range.start.toString(),
        endingHashKey: range.end.toString(),
        predictedUse,
        actualUse,
        throttledRecords: refusedOf(shardId === null ? undefined : loads.get(shardId)),
      })),
  };
}

async function readWindow(
  ctx: Pick<ServiceContext, 'database' | 'topologies'>,
  current: CurrentStream,
  { fromMs, toMs }: Span,
  rows: readonly ShardRow[],
) {
  const streamId = current.stream.id;
  const tiers = await readHistoryTiers(ctx.database, streamId);
  const tier = chooseTier(tiers, fromMs, toMs, WATCH_PERIODS_MAX);
  if (tier === null) return null;
  const periodMs = tier.periodSeconds * 1_000;
  // Whole periods after its end only: in the one that it ended in, a new shard has taken less than its share.
  const window = {
    streamId,
    periodSeconds: tier.periodSeconds,
    fromMs: Math.ceil(Math.max(fromMs, tier.fromMs) / periodMs) * periodMs,
    toMs: Math.floor(tier.toMs / periodMs) * periodMs,
  };
  return window.fromMs >= window.toMs ? null : readShardWindow(ctx, current, window, rows);
}

function refusedOf(load: ShardLoad | undefined): number | null {
  return load === undefined || load.periods === 0 ? null : load.throttledRecords;
}

function highest(of: {
  readonly predictedUse: number | null;
  readonly actualUse: number | null;
}): number {
  return Math.max(of.predictedUse ?? -1, of.actualUse ?? -1);
}

function rowOf({ shard }: LineageShard): ShardRow {
  return {
    shardId: shard.shardId,
    startingHashKey: shard.range.start.toString(),
    endingHashKey: shard.range.end.toString(),
    parentShardId: shard.parentShardId,
    adjacentParentShardId: shard.adjacentParentShardId,
    startingSequenceNumber: shard.startingSequenceNumber.toString(),
    endingSequenceNumber: shard.endingSequenceNumber?.toString() ?? null,
  };
}
