import { shardValueIndex } from '#lib/domain/frame.ts';
import type { StreamHistory } from '#lib/live/stream-detail.ts';
import {
  type HistoryWindow,
  readPickedValues,
  readShardValues,
  readStreamValues,
} from '#server/db/read/history-frames.ts';
import { readHistoryTiers } from '#server/db/read/history-tiers.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { chooseTier } from './choose-tier.ts';
import { HISTORY_SHARD_METRICS, historyLines, type ShardPoint } from './history-lines.ts';
import { hottestShards } from './hottest-shards.ts';

const HOTTEST_MAX = 8;
/**
 * Shard values that are looked through for the hottest shards: 1,000 periods of 4,600 shards' seven metrics
 * would be 128 MB. Of a stream that has more, each n-th period is looked at.
 */
const VALUES_MAX = 4_000_000;

type HistoryArgs = {
  readonly ctx: Pick<ServiceContext, 'database' | 'topologies'>;
  readonly input: { readonly streamId: number; readonly fromMs: number; readonly toMs: number };
};

/**
 * Lines for charts of the periods that begin between `fromMs` and `toMs`, in the tier that gives at most
 * 1,000 points. The database's clock.
 * @throws ServiceError `invalid` where the window is empty
 */
export async function getStreamHistory({ ctx, input }: HistoryArgs): Promise<StreamHistory> {
  const { streamId, fromMs, toMs } = input;
  if (fromMs >= toMs) throw new ServiceError('invalid', 'A history begins before it ends.');
  const tier = chooseTier(await readHistoryTiers(ctx.database, streamId), fromMs, toMs);
  if (tier === null) {
    return historyLines({ streamId, periodSeconds: 60, stream: [], hottest: [], shards: [] });
  }
  const window: HistoryWindow = { streamId, ...tier };
  const stream = await readStreamValues(ctx.database, window);
  const topologies = await ctx.topologies.get(
    ctx.database,
    stream.map((point) => point.topologyId),
  );
  const openShardIds = new Map(
    [...topologies].map(([id, { view }]) => [id, view.open.map((shard) => shard.shardId)]),
  );

  const valueCount = stream.reduce((sum, point) => sum + point.openShardCount * 7, 0);
  const stride = Math.max(1, Math.ceil(valueCount / VALUES_MAX));
  const readings = await readShardValues(ctx.database, window, stride);
  const hottest = hottestShards(readings, openShardIds, tier.periodSeconds, HOTTEST_MAX);
  const shards = await readShardPoints(ctx, window, openShardIds, hottest);
  return historyLines({ streamId, periodSeconds: tier.periodSeconds, stream, hottest, shards });
}

async function readShardPoints(
  ctx: HistoryArgs['ctx'],
  window: HistoryWindow,
  openShardIds: ReadonlyMap<number, readonly string[]>,
  shardIds: readonly string[],
): Promise<readonly ShardPoint[]> {
  const pickedOf = new Map<number, readonly string[]>();
  const indexesOf = new Map<number, readonly number[]>();
  for (const [topologyId, open] of openShardIds) {
    const picked = shardIds.filter((shardId) => open.includes(shardId));
    if (picked.length === 0) continue;
    pickedOf.set(topologyId, picked);
    indexesOf.set(
      topologyId,
      picked.flatMap((shardId) =>
        HISTORY_SHARD_METRICS.map((metric) =>
          shardValueIndex(metric, open.indexOf(shardId), open.length),
        ),
      ),
    );
  }
  const frames = await readPickedValues(ctx.database, window, indexesOf);
  const width = HISTORY_SHARD_METRICS.length;
  return frames.flatMap(({ periodStartMs, topologyId, values }) =>
    (pickedOf.get(topologyId) ?? []).map((shardId, i) => ({
      periodStartMs,
      shardId,
      values: [...values.subarray(i * width, (i + 1) * width)],
    })),
  );
}
