import { allowedToPerson, type RunState } from '#lib/domain/replay/job/run-state.ts';
import { RUN_STATE_WORDS } from '#lib/replay/run-status.ts';
import { type ReplayRunRow, readReplayRun } from '#server/db/replay/run.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

/** @throws ServiceError `not-found` */
export async function knownRun(
  { database }: Pick<ServiceContext, 'database'>,
  id: number,
): Promise<ReplayRunRow> {
  const run = await readReplayRun(database, id);
  if (run === null) {
    throw new ServiceError(
      'not-found',
      `There is no replay ${id}. Drafts that were discarded are gone for good; the list of replays shows all others.`,
    );
  }
  return run;
}

/** A run that is in another state by now than what was asked of it needs. */
export function notInThisState(id: number, state: RunState): ServiceError {
  const allowed = allowedToPerson(state);
  const left =
    allowed.length === 0 ? 'That is for good.' : `What can be done now: ${allowed.join(', ')}.`;
  return new ServiceError(
    'conflict',
    `Nothing was changed: replay ${id} is in the state “${RUN_STATE_WORDS[state]}” by now. ${left}`,
  );
}
