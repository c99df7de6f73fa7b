import { planFingerprint } from '#lib/domain/reshard/plan.ts';
import { choiceWords, remarkWords } from '#lib/reshard/plan-words.ts';
import { refusalWords } from '#lib/reshard/refusal-words.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { insertReshardJob, readOpenReshardJobs } from '#server/db/reshard/reshard-job.ts';
import { storedPlanOf } from '#server/db/reshard/stored-plan.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { forecastOf } from './forecast.ts';
import { planReshard, type ReshardContext, type ReshardWish } from './plan-reshard.ts';
import { needsName } from './preview-reshard.ts';

/** A plan that a person saw and approved. */
export type ApprovedReshard = ReshardWish & {
  /** Of the layout and of the plan, as the preview told them. */
  readonly fingerprint: string;
  readonly planFingerprint: string;
  /** The stream's name, typed, where the preview asks for it. */
  readonly typedName: string | null;
  readonly purpose: string | null;
  readonly ignoresLag: boolean;
};

/**
 * Begins just the plan that was seen: it is planned once more on the shards as they are now, and must come out the
 * same. A worker carries it out.
 * @throws ServiceError `conflict` where the shards or the plan are others now, or another reshard is not over;
 *   `invalid`, `not-found`; AwsFailure
 */
export async function startReshard(args: {
  ctx: ReshardContext;
  actor: string;
  input: ApprovedReshard;
  /** Done in the transaction that begins it: where it throws, nothing is begun. */
  alongside?: (tx: Transaction, jobId: number) => Promise<void>;
}): Promise<{ readonly jobId: number }> {
  const { ctx, actor, input } = args;
  // Whoever asked may leave: what was begun is carried to its end.
  const planned = await planReshard(ctx, input, new AbortController().signal);
  const { outcome, stream } = planned;
  if (planned.fingerprint !== input.fingerprint) {
    throw new ServiceError(
      'conflict',
      `Nothing was begun: the shards of ${input.streamName} have changed since you looked. Look at the new preview, and begin that if you still want to.`,
    );
  }
  if (!outcome.ok)
    throw new ServiceError(
      'conflict',
      `Nothing was begun. ${refusalWords(outcome.refusal, input.goal.kind)}`,
    );
  const { plan } = outcome;
  if (planFingerprint(plan) !== input.planFingerprint) {
    throw new ServiceError(
      'conflict',
      'Nothing was begun: by what is known now, another plan comes out than the one that you saw. Look at the new preview, and begin that if you still want to.',
    );
  }
  if (needsName(plan) && input.typedName !== input.streamName) {
    throw new ServiceError(
      'invalid',
      `Nothing was begun: type the name of the stream, ${input.streamName}, to shrink it or to do more than ten steps.`,
    );
  }
  const job = {
    connection: input.connection,
    streamId: input.streamId,
    streamName: stream.streamName,
    arn: stream.streamArn,
    createdAtMs: stream.createdAtMs,
    goal: { ...input.goal },
    plan: storedPlanOf(plan, {
      choice: choiceWords(plan.choice),
      remarks: plan.remarks.map(remarkWords),
    }),
    forecast: forecastOf(plan.to, planned.load, {
      ...input.load,
      periodSeconds: planned.loadPeriodSeconds,
    }),
    ignoresLag: input.ignoresLag,
    requestedBy: actor,
    purpose: input.purpose,
  };
  const jobId = await insertReshardJob(ctx.database, job, args.alongside);
  if (jobId !== null) return { jobId };
  const other = (await readOpenReshardJobs(ctx.database)).find(
    ({ streamId }) => streamId === input.streamId,
  );
  throw new ServiceError(
    'conflict',
    `Nothing was begun: another reshard of ${input.streamName} is under way${other === undefined ? '' : `, begun by ${other.requestedBy}: ${other.stepsDone} of ${other.stepCount} steps are done`}. Wait for its end, or cancel it.`,
  );
}
