import type { RewindState, RewindTarget } from '#lib/domain/consumers/rewind/rewind.ts';
import { readRewinds } from '#server/db/rewinds/read-rewinds.ts';
import { knownApplication } from '#server/services/consumers/known-application.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

/** A rewind that was begun. Times are epoch milliseconds on the database's clock. */
export type RewindView = {
  readonly rewindId: number;
  readonly target: RewindTarget;
  readonly restores: number | null;
  readonly actor: string;
  readonly state: RewindState;
  /** Whoever carried it out died: it is to be finished or put back. */
  readonly isCutOff: boolean;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly leases: number;
  readonly written: number;
  readonly refused: number;
};

const LISTED_MAX = 20;

/** Newest first. */
export async function listRewinds(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly applicationId: number };
}): Promise<readonly RewindView[]> {
  const { ctx, input } = args;
  await knownApplication(ctx.database, input.applicationId);
  const rewinds = await readRewinds(ctx.database, input.applicationId, LISTED_MAX);
  return rewinds.map(({ id, target, restores, actor, state, isCutOff, counts, ...times }) => ({
    rewindId: id,
    target,
    restores,
    actor,
    state,
    isCutOff,
    startedAtMs: times.startedAt?.getTime() ?? null,
    endedAtMs: times.endedAt?.getTime() ?? null,
    leases: counts.waiting + counts.sent + counts.done + counts.refused,
    written: counts.done,
    refused: counts.refused,
  }));
}
