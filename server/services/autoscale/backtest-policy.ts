import { backtestAutoscale } from '#lib/domain/reshard/autoscale/backtest.ts';
import { type AutoscalePolicy, policyFault } from '#lib/domain/reshard/autoscale/policy.ts';
import type { BacktestView } from '#lib/reshard/autoscale-view.ts';
import { POLICY_FAULT_WORDS } from '#lib/reshard/autoscale-words.ts';
import { readHistoryTiers } from '#server/db/read/history-tiers.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { chooseTier } from '#server/services/streams/choose-tier.ts';
import { type NamedStream, presentStream } from './present-stream.ts';
import { decisionTiers, readRecordedPeriods } from './read-periods.ts';

/** A day of minutes: what is longer is gone through in longer periods. */
const PERIODS_MAX = 1_450;
const HOUR_MS = 3_600_000;

/**
 * What a policy would have done over the last hours, as far as they were recorded. Nothing is changed.
 * @returns null where nothing was recorded
 * @throws ServiceError `invalid` settings, `not-found`
 */
export async function backtestPolicy(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: NamedStream & { readonly settings: AutoscalePolicy; readonly hours: number };
}): Promise<BacktestView | null> {
  const { database } = args.ctx;
  const { settings, hours } = args.input;
  const fault = policyFault(settings);
  if (fault !== null) throw new ServiceError('invalid', POLICY_FAULT_WORDS[fault]);
  const stream = await presentStream(database, args.input);
  const nowMs = await readServerTimeMs(database);
  const tiers = decisionTiers(await readHistoryTiers(database, stream.id));
  const tier = chooseTier(tiers, nowMs - hours * HOUR_MS, nowMs, PERIODS_MAX);
  if (tier === null) return null;
  const periods = await readRecordedPeriods(database, { streamId: stream.id, ...tier });
  if (periods.length === 0) return null;
  const { shardCounts, ...test } = backtestAutoscale(settings, periods);
  return {
    ...test,
    periodSeconds: tier.periodSeconds,
    periodStartMs: periods.map(({ startMs }) => startMs),
    loadShards: periods.map(({ loadShards }) => loadShards),
    recordedShards: periods.map(({ openShardCount }) => openShardCount),
    policyShards: shardCounts,
  };
}
