import type { PersonsEvent } from '#lib/domain/replay/job/run-state.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { knownRun, notInThisState } from './known-run.ts';
import { requireConnection } from './require-connection.ts';

type Context = Pick<ServiceContext, 'database'>;

/**
 * Pauses or cancels a replay: nothing new is sent from then on, and what is under way is waited for.
 * @throws ServiceError `conflict` where it is in no state for it; `not-found`
 */
export async function controlReplay(args: {
  ctx: Context;
  actor: string;
  input: { readonly id: number; readonly event: 'pause' | 'cancel' };
}): Promise<void> {
  const { ctx, actor, input } = args;
  await apply(ctx, actor, input.id, input.event);
}

/**
 * Goes on with a replay that was paused, or that failed: then its target is looked at once more.
 * @throws ServiceError `conflict`, `not-found`; `invalid` where it writes by another connection
 */
export async function resumeReplay(args: {
  ctx: Context;
  actor: string;
  input: { readonly id: number; readonly connection: string };
}): Promise<void> {
  const { ctx, actor, input } = args;
  requireConnection(await knownRun(ctx, input.id), input.connection);
  await apply(ctx, actor, input.id, 'resume');
}

async function apply(ctx: Context, actor: string, id: number, event: PersonsEvent): Promise<void> {
  const state = await ctx.database.db.transaction((tx) => applyRunEvent(tx, id, event, { actor }));
  if (state === null) throw notInThisState(id, (await knownRun(ctx, id)).state);
}
