import { settingsOfDraft } from '#lib/domain/replay/settings-of-draft.ts';
import { readReplayRun } from '#server/db/replay/run.ts';
import { deleteManifest } from '#server/db/replay/run-manifest.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { knownRun, notInThisState } from './known-run.ts';

type Context = Pick<ServiceContext, 'database' | 'aws'>;

/** What a plan leaves behind, and another one begins without. */
const UNPLANNED = {
  listing: null,
  manifest: null,
  plan: null,
  planHash: null,
  decoderVersion: null,
  plannedAt: null,
  caps: null,
} as const;

/**
 * Has a worker plan a draft as it is saved.
 * @param args.input.revision of the draft that was looked at
 * @throws ServiceError `invalid` where something of it is missing; `conflict` where it was changed since, or is no draft
 */
export async function planReplay(args: {
  ctx: Context;
  actor: string;
  input: { readonly id: number; readonly revision: number };
}): Promise<void> {
  const { ctx, actor, input } = args;
  const run = await knownRun(ctx, input.id);
  if (run.state !== 'draft') throw notInThisState(run.id, run.state);
  const made = settingsOfDraft(run.draft);
  if (!made.ok) {
    throw new ServiceError(
      'invalid',
      `It cannot be planned yet. ${made.missing.map(({ words }) => words).join(' ')}`,
    );
  }
  const { settings, pace } = made;
  // Both have to be configured where it is planned; this process has the same configuration.
  ctx.aws.get(settings.target.connection);
  if (run.quarantineOf === null) ctx.aws.get(settings.source.connection);
  const state = await ctx.database.db.transaction(async (tx) => {
    const next = await applyRunEvent(
      tx,
      run.id,
      'plan',
      { actor },
      { ...UNPLANNED, settings, pace },
    );
    // Behind the lock: nobody saves any more.
    const now = await readReplayRun({ db: tx }, run.id);
    if (next !== null && now?.revision !== input.revision) throw changedSince();
    await deleteManifest(tx, run.id);
    return next;
  });
  if (state === null) throw notInThisState(run.id, (await knownRun(ctx, run.id)).state);
}

/** Puts a plan aside, so that the draft can be changed. @throws ServiceError `conflict`, `not-found` */
export async function revisePlan(args: {
  ctx: Pick<ServiceContext, 'database'>;
  actor: string;
  input: { readonly id: number };
}): Promise<void> {
  const { ctx, actor, input } = args;
  const state = await ctx.database.db.transaction(async (tx) => {
    const next = await applyRunEvent(tx, input.id, 'revise', { actor }, UNPLANNED);
    if (next !== null) await deleteManifest(tx, input.id);
    return next;
  });
  if (state === null) throw notInThisState(input.id, (await knownRun(ctx, input.id)).state);
}

function changedSince(): ServiceError {
  return new ServiceError(
    'conflict',
    'Nothing was planned: the draft was changed since you looked, in another tab or by somebody else. Look at what is stored now, and plan that if you still want to.',
  );
}
