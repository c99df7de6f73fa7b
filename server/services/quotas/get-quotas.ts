import type { ApiQuota, ConnectionQuotas, QuotasView } from '#lib/costs/quotas-view.ts';
import { reshardQuota } from '#lib/domain/quotas/reshard-quota.ts';
import { API_QUOTAS } from '#server/aws/api-quotas.ts';
import { readConnectionStates } from '#server/db/read/connection-states.ts';
import { readReadingPlans } from '#server/db/read/reading-plans.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readTopologyChanges } from '#server/db/read/topology-changes.ts';
import { readAccountLimits, type StoredAccountLimits } from '#server/db/spending/account-limits.ts';
import { type CallsOfApi, readApiUse } from '#server/db/spending/api-use.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

/** Which quotas of the accounts and of their streams are used, as the collectors saw it. */
export async function getQuotas({
  ctx,
}: {
  ctx: Pick<ServiceContext, 'database' | 'aws'>;
}): Promise<QuotasView> {
  const { database } = ctx;
  const [readAtMs, states, plans, changes, limits, use] = await Promise.all([
    readServerTimeMs(database),
    readConnectionStates(database),
    readReadingPlans(database),
    readTopologyChanges(database),
    readAccountLimits(database),
    readApiUse(database),
  ]);
  return {
    readAtMs,
    connections: states.map(({ connection, region, source }): ConnectionQuotas => {
      const streams = plans.filter((plan) => plan.connection === connection);
      return {
        connection,
        region,
        source,
        account: accountOf(limits.find((one) => one.connection === connection)),
        streamCount: streams.length,
        streams: streams
          .map(({ streamId, streamName, consumerCount }) => ({
            streamId,
            streamName,
            consumerCount,
            reshard: reshardQuota(changes.get(streamId) ?? 0),
          }))
          .filter(({ consumerCount, reshard }) => consumerCount > 0 || reshard.seen > 0),
        apis: apisOf(
          use.filter((one) => one.connection === connection),
          quotaShareOf(ctx, connection),
        ),
      };
    }),
  };
}

function accountOf(stored: StoredAccountLimits | undefined): ConnectionQuotas['account'] {
  return {
    readAtMs: stored?.readAt?.getTime() ?? null,
    failure: stored?.failure ?? null,
    openShardCount: stored?.openShardCount ?? null,
    shardLimit: stored?.shardLimit ?? null,
    onDemandStreamCount: stored?.onDemandStreamCount ?? null,
    onDemandStreamLimit: stored?.onDemandStreamCountLimit ?? null,
  };
}

/** Every API that was called in the last 24 hours. */
function apisOf(use: readonly CallsOfApi[], quotaShare: number | null): readonly ApiQuota[] {
  const quotas: Readonly<Record<string, number>> = API_QUOTAS;
  return use.flatMap(({ api, lastMinute, lastDay }) => {
    const callsPerSecondMax = quotas[api];
    if (callsPerSecondMax === undefined) return [];
    return [
      {
        api,
        callsPerSecondMax,
        ourCallsPerSecondMax: quotaShare === null ? null : callsPerSecondMax * quotaShare,
        callsLastMinute: lastMinute,
        callsLastDay: lastDay,
      },
    ];
  });
}

/** null where the connection is not in this process's configuration (any more). */
function quotaShareOf(ctx: Pick<ServiceContext, 'aws'>, connection: string): number | null {
  try {
    return ctx.aws.get(connection).connection.quotaShare;
  } catch (error) {
    if (error instanceof ServiceError && error.kind === 'not-found') return null;
    throw error;
  }
}
