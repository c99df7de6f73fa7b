import { paceFault } from '#lib/domain/replay/plan/findings.ts';
import { hasTimes } from '#lib/domain/replay/plan/has-times.ts';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';
import { gapsOfDraft } from '#lib/domain/replay/settings-of-draft.ts';
import { paceFaultWords } from '#lib/replay/finding-words.ts';
import { paceText } from '#lib/replay/setting-facts.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { knownRun, notInThisState } from './known-run.ts';

import { requireConnection } from './require-connection.ts';

/**
 * Sets how fast a replay goes, also while it runs.
 * @param args.input.paceRevision of the pace that was seen
 * @throws ServiceError `invalid` where it cannot go so; `conflict` where it was set otherwise since, or is over; `not-found`
 */
export async function changePace(args: {
  ctx: Pick<ServiceContext, 'database'>;
  actor: string;
  input: {
    readonly id: number;
    readonly connection: string;
    readonly paceRevision: number;
    readonly pace: PaceSettings;
  };
}): Promise<{ readonly paceRevision: number }> {
  const { ctx, actor, input } = args;
  const run = await knownRun(ctx, input.id);
  requireConnection(run, input.connection);
  const fault = paceProblem(run, input.pace);
  if (fault !== null) throw new ServiceError('invalid', `Nothing was changed. ${fault}`);
  const paceRevision = input.paceRevision + 1;
  const state = await ctx.database.db.transaction((tx) =>
    applyRunEvent(
      tx,
      run.id,
      'change-pace',
      { actor, words: `The pace was changed. ${paceText(input.pace)}` },
      { pace: input.pace, paceRevision },
      { paceRevision: input.paceRevision },
    ),
  );
  if (state !== null) return { paceRevision };
  const now = await knownRun(ctx, run.id);
  if (now.paceRevision === input.paceRevision) throw notInThisState(now.id, now.state);
  throw new ServiceError(
    'conflict',
    'Nothing was changed: somebody else has set another pace since you looked. Look at it, and change that if you still want to.',
  );
}

function paceProblem(run: ReplayRunRow, pace: PaceSettings): string | null {
  const gap = gapsOfDraft({ ...run.draft, pace }).find(({ step }) => step === 'pace');
  if (gap !== undefined) return gap.words;
  if (run.settings === null) return null;
  const facts = { hasTimes: hasTimes(run.settings), slices: run.manifest?.slices.length ?? 1 };
  const fault = paceFault(pace.pace, facts);
  return fault === null ? null : paceFaultWords(fault);
}
