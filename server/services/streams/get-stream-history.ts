import { packHistory, type StreamHistoryView } from '#lib/charts/stream-history.ts';
import { shardValueIndex } from '#lib/domain/frame.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import {
  type HistoryWindow,
  readPickedValues,
  readShardValues,
  readStreamValues,
} from '#server/db/read/history-frames.ts';
import { readHistoryTiers, type StoredTier } from '#server/db/read/history-tiers.ts';
import { type AgingCache, agingCache } from '#server/services/aging-cache.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { chooseTier } from './choose-tier.ts';
import { historyLines, type ShardPoint } from './history-lines.ts';
import { partialSecondsAt, unrolledWindow } from './history-tail.ts';
import { hottestShards } from './hottest-shards.ts';
import { openShardIds } from './open-shard-ids.ts';
import type { TopologyCache } from './topology-cache.ts';

const HOTTEST_MAX = 8;
/**
 * Shard values that are looked through for the hottest shards: all that asks the web process holds up everybody
 * else, here for some 100 ms. Of a stream that has more, each n-th period is looked at, and the newest.
 */
const VALUES_MAX = 1_000_000;

/** Tabs ask for the hottest shards again each minute: so old may be what the first of them is told. */
const RANKING_AGE_MS_MAX = 10_000;
const RANKINGS_MAX = 100;

type Context = Pick<ServiceContext, 'database' | 'topologies'>;

type HistoryInput = {
  readonly streamId: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The shards to tell of, where they are known already; else the hottest of the range are looked for. */
  readonly shardIds?: readonly string[] | undefined;
  /** Length of the periods, where a history of such is to be continued; else what suits the range. */
  readonly periodSeconds?: number | undefined;
};

/**
 * Lines for charts of the periods that begin between `fromMs` and `toMs`, of at most 1,000 points. The database's
 * clock. A last period that is not over is gathered from shorter ones, and said to be partial.
 * @throws ServiceError `invalid` where the range is empty
 */
export async function getStreamHistory(args: {
  readonly ctx: Context;
  readonly input: HistoryInput;
}): Promise<StreamHistoryView> {
  const { ctx, input } = args;
  const { streamId } = input;
  if (input.fromMs >= input.toMs) {
    throw new ServiceError('invalid', 'A history begins before it ends.');
  }
  const tiers = await readHistoryTiers(ctx.database, streamId);
  const chosen = windowOf(tiers, input);
  if (chosen === null) {
    const nothing = { streamId, periodSeconds: 60, partialSeconds: null };
    return packHistory(historyLines({ ...nothing, stream: [], hottest: [], shards: [] }));
  }
  const window: HistoryWindow = { streamId, ...chosen };
  const tail = unrolledWindow(tiers, window);
  const windows = tail === null ? [window] : [window, tail];
  const parts = await Promise.all(windows.map((one) => readStreamValues(ctx.database, one)));
  const stream = parts.flat();
  const topologies = await ctx.topologies.get(
    ctx.database,
    stream.map((point) => point.topologyId),
  );
  const idsOf = openShardIds(topologies);

  const hottest = input.shardIds ?? (await rankingOf(ctx, window, parts[0] ?? [], idsOf));
  const shards = await Promise.all(windows.map((one) => readShardPoints(ctx, one, idsOf, hottest)));
  const partialSeconds =
    tail === null
      ? null
      : partialSecondsAt(parts[1] ?? [], tail.periodSeconds, window.periodSeconds);
  const { periodSeconds } = window;
  const lines = { streamId, periodSeconds, partialSeconds, stream, hottest, shards: shards.flat() };
  return packHistory(historyLines(lines));
}

function windowOf(
  tiers: readonly StoredTier[],
  { fromMs, toMs, periodSeconds }: HistoryInput,
): Omit<HistoryWindow, 'streamId'> | null {
  const wanted = tiers.filter((tier) => tier.periodSeconds === periodSeconds);
  return chooseTier(wanted.length > 0 ? wanted : tiers, fromMs, toMs);
}

type StreamPoints = readonly {
  readonly openShardCount: number;
  readonly periodStartMs: number;
  readonly topologyId: number;
}[];

const rankingsOf = new WeakMap<TopologyCache, AgingCache<readonly string[]>>();

/** The hottest shards, looked for once for all tabs that open the same range of a wide stream at about the same time. */
function rankingOf(
  ctx: Context,
  window: HistoryWindow,
  stream: StreamPoints,
  idsOf: ReadonlyMap<number, readonly string[]>,
): Promise<readonly string[]> {
  const find = () => findHottest(ctx, window, stream, idsOf);
  // Of few shards it costs less than it is worth to be told of one that has just become hot.
  if (valuesOf(stream) < VALUES_MAX) return find();
  const rankings = rankingsOf.get(ctx.topologies) ?? agingCache(RANKING_AGE_MS_MAX, RANKINGS_MAX);
  rankingsOf.set(ctx.topologies, rankings);
  const { streamId, periodSeconds, fromMs, toMs } = window;
  const place = Math.floor(toMs / RANKING_AGE_MS_MAX);
  const key = [streamId, stream.at(-1)?.topologyId, periodSeconds, toMs - fromMs, place].join('/');
  return rankings.get(key, performance.now(), find);
}

function valuesOf(stream: StreamPoints): number {
  return stream.reduce((sum, point) => sum + point.openShardCount * SHARD_METRICS.length, 0);
}

async function findHottest(
  ctx: Context,
  window: HistoryWindow,
  stream: StreamPoints,
  idsOf: ReadonlyMap<number, readonly string[]>,
): Promise<readonly string[]> {
  const stride = Math.max(1, Math.ceil(valuesOf(stream) / VALUES_MAX));
  const readings = await readShardValues(ctx.database, window, stride);
  const newestMs = stream.at(-1)?.periodStartMs ?? window.fromMs;
  const newest =
    stride === 1 ? [] : await readShardValues(ctx.database, { ...window, fromMs: newestMs }, 1);
  return hottestShards([...readings, ...newest], idsOf, window.periodSeconds, HOTTEST_MAX);
}

async function readShardPoints(
  ctx: Context,
  window: HistoryWindow,
  idsOf: ReadonlyMap<number, readonly string[]>,
  shardIds: readonly string[],
): Promise<readonly ShardPoint[]> {
  const pickedOf = new Map<number, readonly string[]>();
  const indexesOf = new Map<number, readonly number[]>();
  for (const [topologyId, open] of idsOf) {
    const picked = shardIds.filter((shardId) => open.includes(shardId));
    if (picked.length === 0) continue;
    pickedOf.set(topologyId, picked);
    indexesOf.set(
      topologyId,
      picked.flatMap((shardId) =>
        SHARD_METRICS.map((metric) => shardValueIndex(metric, open.indexOf(shardId), open.length)),
      ),
    );
  }
  const frames = await readPickedValues(ctx.database, window, indexesOf);
  const width = SHARD_METRICS.length;
  return frames.flatMap(({ periodStartMs, topologyId, values }) =>
    (pickedOf.get(topologyId) ?? []).map((shardId, i) => ({
      periodStartMs,
      shardId,
      values: values.subarray(i * width, (i + 1) * width),
    })),
  );
}
