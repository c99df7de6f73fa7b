import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import { formatInstant } from '#lib/format/time.ts';
import { deleteReplayDraft, saveReplayDraft } from '#server/db/replay/run.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { knownRun, notInThisState } from './known-run.ts';

/**
 * Saves a draft as the wizard has it.
 * @param args.input.revision the one that it was made of
 * @throws ServiceError `conflict` where it was saved by another tab or person since, or is no draft any more; `not-found`
 */
export async function saveDraft(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly id: number; readonly revision: number; readonly draft: ReplayDraft };
}): Promise<{ readonly revision: number }> {
  const { ctx, input } = args;
  const { id, revision, draft } = input;
  const saved = await saveReplayDraft(ctx.database, id, revision, draft);
  if (saved !== null) return { revision: saved };
  const run = await knownRun(ctx, id);
  if (run.state !== 'draft') throw notInThisState(id, run.state);
  throw new ServiceError(
    'conflict',
    `Nothing was saved: this draft was saved in another tab, or by somebody else, at ${formatInstant(run.changedAt.getTime())}. Take what is stored now, or save yours over it.`,
  );
}

/** Deletes a draft for good. @throws ServiceError `conflict` where it is no draft any more; `not-found` */
export async function discardDraft(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly id: number };
}): Promise<void> {
  const { ctx, input } = args;
  if (await deleteReplayDraft(ctx.database, input.id)) return;
  const run = await knownRun(ctx, input.id);
  throw notInThisState(run.id, run.state);
}
