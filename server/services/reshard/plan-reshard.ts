import { reshardQuota } from '#lib/domain/quotas/reshard-quota.ts';
import type { Goal } from '#lib/domain/reshard/goals/goal.ts';
import { planGoal } from '#lib/domain/reshard/goals/plan-goal.ts';
import { type Layout, layoutFingerprint } from '#lib/domain/reshard/layout.ts';
import type { LoadEstimate } from '#lib/domain/reshard/load/load-estimate.ts';
import type { PlanOutcome } from '#lib/domain/reshard/plan.ts';
import { type GoalInput, goalOfInput } from '#lib/reshard/goal-input.ts';
import type { LoadBasis } from '#lib/reshard/preview-view.ts';
import { observeStream } from '#server/aws/observe-stream.ts';
import { readStreamById } from '#server/db/read/stream-by-id.ts';
import { readTopologyChanges } from '#server/db/read/topology-changes.ts';
import { readReshardJob } from '#server/db/reshard/reshard-job.ts';
import { planOfStored } from '#server/db/reshard/stored-plan.ts';
import { readAccountLimits } from '#server/db/spending/account-limits.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { readLoad } from './read-load.ts';

export type ReshardContext = Pick<ServiceContext, 'database' | 'topologies' | 'aws' | 'log'>;

/** What somebody wants of the stream that they look at, by which load. */
export type ReshardWish = {
  readonly connection: string;
  readonly streamName: string;
  readonly streamId: number;
  readonly goal: GoalInput;
  readonly load: LoadBasis;
};

/** A plan on the stream as it is now, with what it rests on. */
export type PlannedReshard = {
  readonly outcome: PlanOutcome;
  readonly stream: {
    readonly streamName: string;
    readonly streamArn: string;
    readonly createdAtMs: number;
  };
  readonly layout: Layout;
  readonly fingerprint: string;
  readonly load: LoadEstimate;
  readonly loadPeriodSeconds: number | null;
  readonly retentionHours: number;
  readonly peakShardsMax: number;
  /** null: the account's quota is not known, and the peak is bound by nothing that we know of. */
  readonly quotaPeakMax: number | null;
};

/** Where the quota is not known: twice what the largest stream may have. */
const PEAK_UNKNOWN_MAX = 20_000;

/**
 * Asks AWS how the shards are, and plans on that.
 * @throws ServiceError `not-found`, `conflict` where the stream is not ACTIVE, `invalid`; AwsFailure
 */
export async function planReshard(
  ctx: ReshardContext,
  wish: ReshardWish,
  signal: AbortSignal,
): Promise<PlannedReshard> {
  const goal = await goalOf(ctx, wish);
  if (goal === null) {
    throw new ServiceError('invalid', 'A hash key is a whole number from 0 to 2^128 - 1.');
  }
  const known = await readStreamById(ctx.database, wish.connection, wish.streamId);
  if (known === null || known.streamName !== wish.streamName) throw gone(wish.streamName);
  const { aws } = ctx.aws.get(wish.connection);
  const look = await observeStream(aws, known, signal);
  if (look === null) throw gone(wish.streamName);
  const { layout, seen } = look;
  if (layout === null) throw notReady(wish.streamName, seen);
  const [{ load, reads, periodSeconds }, settings, quotaPeakMax, changes] = await Promise.all([
    readLoad(ctx, wish, layout, wish.load),
    aws.describeSettings(known, signal),
    readPeakMax(ctx, wish.connection, layout.length),
    readTopologyChanges(ctx.database),
  ]);
  const peakShardsMax = quotaPeakMax ?? PEAK_UNKNOWN_MAX;
  const outcome = planGoal(
    {
      mode: seen.mode,
      layout,
      load,
      reads,
      peakShardsMax,
      shardCountCallsLeft: reshardQuota(changes.get(wish.streamId) ?? 0).leftAtLeast,
    },
    goal,
  );
  return {
    outcome,
    stream: known,
    layout,
    fingerprint: layoutFingerprint(layout, known.createdAtMs),
    load,
    loadPeriodSeconds: periodSeconds,
    retentionHours: settings.retentionHours,
    peakShardsMax,
    quotaPeakMax,
  };
}

/** @throws ServiceError `not-found` where there is no such reshard of this stream */
async function goalOf(
  { database }: Pick<ReshardContext, 'database'>,
  { goal, streamId }: ReshardWish,
): Promise<Goal | null> {
  if (goal.kind !== 'of-job') return goalOfInput(goal);
  const job = await readReshardJob(database, goal.jobId);
  if (job === null || job.streamId !== streamId) {
    throw new ServiceError('not-found', `There is no reshard ${goal.jobId} of this stream.`);
  }
  const { from, to } = planOfStored(job.plan);
  return { kind: 'former-layout', boundaries: goal.layout === 'before' ? from : to };
}

/** Shards that the stream may have at a time: its own, and what the account has left. */
async function readPeakMax(
  { database }: Pick<ServiceContext, 'database'>,
  connection: string,
  openCount: number,
): Promise<number | null> {
  const limits = (await readAccountLimits(database)).find((one) => one.connection === connection);
  const { shardLimit = null, openShardCount = null } = limits ?? {};
  return shardLimit === null || openShardCount === null
    ? null
    : openCount + Math.max(0, shardLimit - openShardCount);
}

function gone(streamName: string): ServiceError {
  return new ServiceError(
    'not-found',
    `There is no stream ${streamName} any more. It was deleted, or is no longer read on this connection.`,
  );
}

function notReady(
  streamName: string,
  { status, layout }: { readonly status: string; readonly layout: unknown },
): ServiceError {
  return layout === null
    ? new ServiceError(
        'conflict',
        `${streamName} is ${status}, and Kinesis reshards a stream only while it is ACTIVE. Wait until it is; mostly that takes less than a minute.`,
      )
    : new ServiceError(
        'conflict',
        `The open shards of ${streamName} do not cover the hash-key space, so nothing can be planned on them. Compare them with ListShards.`,
      );
}
