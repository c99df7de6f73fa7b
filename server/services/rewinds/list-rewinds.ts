import type { RewindView } from '#lib/rewind/rewind-view.ts';
import { readRewinds } from '#server/db/rewinds/read-rewinds.ts';
import { knownApplication } from '#server/services/consumers/known-application.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

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
