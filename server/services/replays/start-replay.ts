import { refusalView } from '#lib/replay/finding-words.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { knownRun, notInThisState } from './known-run.ts';
import { requireConnection } from './require-connection.ts';

/** A plan that a person saw and approved. */
export type ApprovedReplay = {
  readonly id: number;
  /** Of the target. */
  readonly connection: string;
  readonly planHash: string;
  /** The target's name, where records go back to where they came from. */
  readonly typedName: string | null;
  /** Why, in their words. */
  readonly purpose: string;
};

/**
 * Starts just the plan that was seen. A worker looks at the target once more before anything is sent.
 * @throws ServiceError `conflict` where it is another plan by now, or cannot be started; `invalid`, `not-found`
 */
export async function startReplay(args: {
  ctx: Pick<ServiceContext, 'database'>;
  actor: string;
  input: ApprovedReplay;
}): Promise<void> {
  const { ctx, actor, input } = args;
  const run = await knownRun(ctx, input.id);
  requireConnection(run, input.connection);
  if (run.state !== 'planned') throw notInThisState(run.id, run.state);
  refuse(run, input);
  const purpose = input.purpose.trim();
  const state = await ctx.database.db.transaction(async (tx) => {
    const words = purpose === '' ? undefined : `It was started: ${purpose}`;
    return applyRunEvent(
      tx,
      run.id,
      'start',
      { actor, ...(words !== undefined && { words }) },
      { startedBy: actor, purpose: purpose === '' ? null : purpose },
      // What was read above may have been put aside and planned anew since.
      { planHash: input.planHash },
    );
  });
  if (state === null) throw notInThisState(run.id, (await knownRun(ctx, run.id)).state);
}

function refuse(run: ReplayRunRow, input: ApprovedReplay): void {
  const { plan, planHash, settings } = run;
  if (plan === null || planHash === null || settings === null || planHash !== input.planHash) {
    throw new ServiceError(
      'conflict',
      'Nothing was started: it was planned once more since you looked, and another plan came out. Look at it, and start that if you still want to.',
    );
  }
  const [refusal] = plan.refusals;
  if (refusal !== undefined) {
    const shardIds = plan.target.shards.map(({ shardId }) => shardId);
    const { words, todo } = refusalView(refusal, shardIds);
    throw new ServiceError('conflict', `Nothing was started. ${words} ${todo}`);
  }
  const { target, sourceStreamArn } = settings;
  if (target.streamArn === sourceStreamArn && input.typedName !== target.streamName) {
    throw new ServiceError(
      'invalid',
      `Nothing was started: the records would go back to the stream that they came from. Type its name, ${target.streamName}, if that is meant.`,
    );
  }
}
