import { isSameItem } from '#lib/domain/consumers/rewind/stored-item.ts';
import { endRewind } from '#server/db/rewinds/advance-rewind.ts';
import { insertRewind } from '#server/db/rewinds/insert-rewind.ts';
import { readRewindSteps } from '#server/db/rewinds/read-rewinds.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { type RewindContext, readLeases } from './rewind-context.ts';
import { alone, type RewindOutcome, refuseLive, runRewind } from './run-rewind.ts';

/**
 * Puts the leases back exactly as they were before a rewind, also one that was cut off: with owner, counter and all. It is
 * a rewind of its own, with the present leases kept, and carried out as every other.
 * @throws ServiceError, AwsFailure
 */
export async function restoreRewind(args: {
  ctx: RewindContext;
  actor: string;
  input: {
    readonly connection: string;
    readonly rewindId: number;
    readonly typedName: string | null;
  };
}): Promise<RewindOutcome> {
  const { ctx, actor, input } = args;
  const made = await alone(ctx, input, async (rewind, subject) => {
    if (rewind.state === 'planned' || rewind.state === 'undone') {
      throw new ServiceError('conflict', 'There is nothing to put back: it was not carried out.');
    }
    const { signal } = new AbortController();
    const present = await readLeases(ctx, subject, signal);
    refuseLive(subject, present, input.typedName);
    const former = await readRewindSteps(ctx.database, rewind.id);
    const steps = former.flatMap((step) => {
      const now = present.rows.get(step.leaseKey) ?? null;
      // Of those that it never came to, nothing is to be put back.
      if (step.state === 'waiting' || step.state === 'refused') return [];
      if (isSameItem(now, step.former)) return [];
      const { leaseKey, shardId } = step;
      return [{ leaseKey, shardId, former: now, wanted: step.former }];
    });
    const rewindId = await insertRewind(ctx.database, {
      applicationId: subject.applicationId,
      tableName: subject.tableName,
      target: { kind: 'restore' },
      restores: rewind.id,
      actor,
      steps,
    });
    // What was cut off is not to be finished once it is being put back.
    if (rewind.state === 'running') await endRewind(ctx.database, rewind.id, 'undone');
    return rewindId;
  });
  return runRewind({ ctx, input: { ...input, rewindId: made } });
}
