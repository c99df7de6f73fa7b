import { foldHeat } from '#lib/consumers/fold-heat.ts';
import { type HeatMapView, packHeatMap } from '#lib/consumers/heat-map.ts';
import { holdOver } from '#lib/consumers/hold-over.ts';
import { readLagColumns } from '#server/db/consumers/read-lag-columns.ts';
import { readView, type ViewContext } from '#server/services/streams/read-view.ts';
import { holdMsOf } from './hold-ms.ts';
import { knownApplication } from './known-application.ts';
import { lagPeriods } from './lag-periods.ts';
import { shardPieces } from './shard-pieces.ts';

/** Columns that a screen can tell apart. */
const COLUMNS_MAX = 240;

/**
 * The lag of an application over its shards, in hash-key order, and over time.
 * @throws ServiceError `not-found`
 */
export async function getHeatMap(args: {
  ctx: ViewContext;
  input: { readonly applicationId: number; readonly fromMs: number; readonly toMs: number };
}): Promise<HeatMapView> {
  const { ctx } = args;
  const { applicationId } = args.input;
  const { database } = ctx;
  const { application } = await knownApplication(database, applicationId);
  const { streamId } = application;
  const { shape } = await readView({ ctx, input: { streamId, at: null, heardMs: null } });
  const [pieces, periods] = await Promise.all([
    shardPieces(ctx, streamId, shape),
    lagPeriods(database, args.input, COLUMNS_MAX),
  ]);
  const frames = new Map(
    (await readLagColumns(database, { applicationId, ...periods })).map(
      ({ periodStartMs, columns }) => [periodStartMs, columns],
    ),
  );
  const points = holdOver(periods.startsMs, frames, holdMsOf(application));
  return packHeatMap(
    foldHeat(points, (shard) => pieces.get(shard) ?? null, {
      applicationId,
      fromMs: periods.fromMs,
      periodSeconds: periods.periodSeconds,
    }),
  );
}
