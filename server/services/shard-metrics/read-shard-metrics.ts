import { SHARD_METRICS, type ShardMetric } from '#lib/domain/shard-metric.ts';
import { readCurrentStreamByName } from '#server/db/read/current-streams.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

export type ShardMetricsView = {
  readonly streamId: number;
  /** Those that are on, as the collector last described the stream. */
  readonly on: readonly ShardMetric[];
  readonly openShardCount: number;
};

/** @throws ServiceError `not-found` */
export async function readShardMetrics(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly connection: string; readonly streamName: string };
}): Promise<ShardMetricsView> {
  const { connection, streamName } = args.input;
  const current = await readCurrentStreamByName(args.ctx.database, connection, streamName);
  if (current === null) {
    throw new ServiceError(
      'not-found',
      `There is no stream "${streamName}" on "${connection}" now.`,
    );
  }
  const { id, shardMetrics, openShardCount } = current.stream;
  return {
    streamId: id,
    on: SHARD_METRICS.filter((metric) => shardMetrics.includes(metric)),
    openShardCount,
  };
}
