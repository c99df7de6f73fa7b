import type { CostsView } from '#lib/costs/costs-view.ts';
import { utcDayStart } from '#lib/domain/cost/daily-budget.ts';
import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import { readConnectionStates } from '#server/db/read/connection-states.ts';
import { readReadingPlans } from '#server/db/read/reading-plans.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import {
  readRequestedByDay,
  readRequestedByStream,
} from '#server/db/spending/metrics-requested.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

const DAYS = 7;
const DAY_MS = 86_400_000;

/** What watching costs: by connection and stream, on this UTC day, on the last ones, and at the present cadences. */
export async function getCosts({
  ctx,
}: {
  ctx: Pick<ServiceContext, 'database'>;
}): Promise<CostsView> {
  const { database } = ctx;
  const readAtMs = await readServerTimeMs(database);
  const dayStartMs = utcDayStart(readAtMs);
  const [states, plans, byStream, byDay] = await Promise.all([
    readConnectionStates(database),
    readReadingPlans(database),
    readRequestedByStream(database, dayStartMs),
    readRequestedByDay(database, dayStartMs - (DAYS - 1) * DAY_MS),
  ]);
  const metricsToday = new Map(byStream.map(({ streamId, metrics }) => [streamId, metrics]));
  return {
    readAtMs,
    connections: states.map((state) => {
      const days = byDay.filter(({ connection }) => connection === state.connection);
      return {
        connection: state.connection,
        source: state.source,
        charged: state.charged === 'yes',
        budgetDollarsPerDay: state.budgetDollarsPerDay,
        dayStartMs,
        metricsToday: days.find((day) => day.dayStartMs === dayStartMs)?.metrics ?? 0,
        days: days.map((day) => ({ dayStartMs: day.dayStartMs, metrics: day.metrics })),
        streams: plans
          .filter(({ connection }) => connection === state.connection)
          .map((plan) => ({
            streamId: plan.streamId,
            streamName: plan.streamName,
            cadenceSeconds: plan.cadenceSeconds,
            wantedCadenceSeconds: plan.wantedCadenceSeconds,
            metricsPerReading: plan.metricsPerReading,
            metricsToday: metricsToday.get(plan.streamId) ?? 0,
            openShardCount: plan.openShardCount,
            shardMetrics: SHARD_METRICS.filter((metric) => plan.shardMetrics.includes(metric)),
          })),
      };
    }),
  };
}
