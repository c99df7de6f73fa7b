import { keepsLeases } from '#lib/domain/consumers/application.ts';
import { isOver } from '#lib/domain/reshard/job/job-state.ts';
import { boundariesAfterSteps } from '#lib/domain/reshard/step.ts';
import {
  type ShardsOfReshard,
  shardsOfReshard,
} from '#lib/domain/reshard/watch/shards-of-reshard.ts';
import { watchApplication } from '#lib/domain/reshard/watch/watch-application.ts';
import { watchRefusals } from '#lib/domain/reshard/watch/watch-refusals.ts';
import { type Span, WATCH_PERIODS_MAX, watchSpan } from '#lib/domain/reshard/watch/watch-span.ts';
import { watchVerdict } from '#lib/domain/reshard/watch/watch-verdict.ts';
import type { ReshardWatchView, WatchedApplicationView } from '#lib/reshard/watch-view.ts';
import { readApplicationHealth } from '#server/db/consumers/read-application-health.ts';
import { readCurrentStreamsById } from '#server/db/read/current-streams.ts';
import { readStreamValues } from '#server/db/read/history-frames.ts';
import { readHistoryTiers } from '#server/db/read/history-tiers.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readReshardJob } from '#server/db/reshard/reshard-job.ts';
import { readFirstIntentMs } from '#server/db/reshard/reshard-journal.ts';
import { planOfStored } from '#server/db/reshard/stored-plan.ts';
import { refusalsOf } from '#server/services/advice/refusals.ts';
import { streamPeriods } from '#server/services/advice/stream-series.ts';
import { applicationView } from '#server/services/consumers/application-view.ts';
import { knownShards } from '#server/services/lineage/known-shards.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { chooseTier } from '#server/services/streams/choose-tier.ts';
import { readOwnConsumers } from './own-consumers.ts';
import { readUseWatch } from './read-use-watch.ts';

/**
 * How a reshard has turned out: from what the collector has stored alone, nothing is asked of AWS. A job's times are the
 * database's and those of periods and readings AWS's: the two clocks are taken to be the same to a second or two.
 * @throws ServiceError `not-found` where there is no such reshard, or its stream is gone or was never listed
 */
export async function watchReshard(args: {
  ctx: Pick<ServiceContext, 'database' | 'topologies'>;
  input: { readonly jobId: number };
}): Promise<ReshardWatchView> {
  const { ctx, input } = args;
  const { database } = ctx;
  const job = await readReshardJob(database, input.jobId);
  if (job === null) throw new ServiceError('not-found', `There is no reshard ${input.jobId}.`);
  const [nowMs, intentMs, [current]] = await Promise.all([
    readServerTimeMs(database),
    readFirstIntentMs(database, job.id),
    readCurrentStreamsById(database, [job.streamId]),
  ]);
  const topologyId = current?.stream.topologyId ?? null;
  const shape =
    topologyId === null
      ? undefined
      : (await ctx.topologies.get(database, [topologyId])).get(topologyId);
  if (current === undefined || shape === undefined) {
    throw new ServiceError(
      'not-found',
      `The stream ${job.streamName} of this reshard is gone, or none of its shards has been listed: what became of them is not known.`,
    );
  }
  const { from, steps, to } = planOfStored(job.plan);
  const over = isOver(job.state);
  const beganAtMs = intentMs ?? job.requestedAt.getTime();
  const endedAtMs = job.endedAt?.getTime() ?? null;
  const shards = shardsOfReshard((await knownShards(ctx, job.streamId, shape)).shards, {
    from,
    reached: boundariesAfterSteps(from, steps, job.stepsDone),
    beganAtMs,
    endedAtMs,
  });
  const span = watchSpan({ beganAtMs, endedAtMs, reshardedAtMs: firstEndMs(shards), nowMs });
  const [applications, before, after, use] = await Promise.all([
    watchApplications(ctx, job.streamId, shards),
    readRefusals(ctx, job.streamId, span.before),
    readRefusals(ctx, job.streamId, span.after),
    over
      ? readUseWatch(ctx, { jobId: job.id, current, shards, planned: to, span: span.after })
      : null,
  ]);
  const refusals = watchRefusals(before, after);
  return {
    readAtMs: nowMs,
    verdict: watchVerdict({
      isOver: over,
      applications: applications.filter(({ kind }) => keepsLeases(kind)).map(({ watch }) => watch),
      refusals: refusals.outcome,
    }),
    isOver: over,
    span,
    parentCount: shards.parents.length,
    childCount: shards.children.length,
    unseenCount: shards.unseen.length,
    applications,
    refusals,
    use,
  };
}

/** When the first of its shards was closed in its turn; null: all are open, or none is. */
function firstEndMs({ children }: ShardsOfReshard): number | null {
  const ends = children.map(({ endedAtMs }) => endedAtMs).filter((end) => end !== null);
  return ends.length === 0 ? null : ends.reduce((a, b) => Math.min(a, b));
}

async function watchApplications(
  { database }: Pick<ServiceContext, 'database'>,
  streamId: number,
  shards: ShardsOfReshard,
): Promise<readonly WatchedApplicationView[]> {
  const stored = await readOwnConsumers(database, streamId);
  return Promise.all(
    stored.map(async (one): Promise<WatchedApplicationView> => {
      const { kind, ...view } = applicationView(one);
      const read = await readApplicationHealth(database, view.applicationId);
      const reading = read && {
        observedAtMs: read.observedAtMs,
        leases: keepsLeases(kind) ? read.health.leases : null,
      };
      return {
        applicationId: view.applicationId,
        connection: view.connection,
        streamName: view.streamName,
        kind,
        name: view.name,
        collection: view.collection,
        observedAtMs: view.observedAtMs,
        watch: watchApplication(shards, reading),
        lag: read?.health.lag ?? null,
      };
    }),
  );
}

/** Of the periods that lie wholly within; null where none is recorded. */
async function readRefusals(
  { database }: Pick<ServiceContext, 'database'>,
  streamId: number,
  span: Span | null,
) {
  if (span === null) return null;
  const tiers = await readHistoryTiers(database, streamId);
  const tier = chooseTier(tiers, span.fromMs, span.toMs, WATCH_PERIODS_MAX);
  if (tier === null) return null;
  const periods = streamPeriods(await readStreamValues(database, { streamId, ...tier })).filter(
    ({ startMs }) => startMs >= span.fromMs && startMs + tier.periodSeconds * 1_000 <= span.toMs,
  );
  return periods.length === 0 ? null : refusalsOf(periods, tier.periodSeconds);
}
