import { and, eq, sql } from 'drizzle-orm';
import {
  isRunOver,
  nextRunState,
  type RunEvent,
  type RunState,
} from '#lib/domain/replay/job/run-state.ts';
import { EVENT_WORDS } from '#lib/replay/event-words.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { notify } from '#server/db/notification.ts';
import { appendReplayEvent } from './run-events.ts';
import { replayRun } from './schema.ts';

/** What a change of state writes beside it. */
type RunColumns = Partial<
  Omit<
    typeof replayRun.$inferInsert,
    'id' | 'state' | 'changedAt' | 'endedAt' | 'holder' | 'token' | 'expiresAt'
  >
>;

/**
 * Moves a run to the state that an event leads to, notes it, and wakes whoever works on it, all in one transaction.
 * @param told `actor` null: it came so; `words` where there is more to say than that it happened
 * @param set written with the state; `failure` stands as it is where it is not named, but is taken away where a person
 *   plans or resumes
 * @param seen what a person looked at when they asked for it: has to be so still
 * @returns the state it is in then; null where the event means nothing in its state, what was seen is not so any more,
 *   or there is no such run, and nothing was changed
 */
export async function applyRunEvent(
  tx: Transaction,
  id: number,
  event: RunEvent,
  told: { readonly actor: string | null; readonly words?: string },
  set: RunColumns = {},
  seen: {
    readonly state?: RunState;
    readonly planHash?: string;
    readonly paceRevision?: number;
  } = {},
): Promise<RunState | null> {
  const [row] = await tx
    .select({
      state: replayRun.state,
      planHash: replayRun.planHash,
      paceRevision: replayRun.paceRevision,
    })
    .from(replayRun)
    .where(eq(replayRun.id, id))
    .for('update');
  if (row === undefined) return null;
  const next = nextRunState(row.state, event);
  const { state = row.state, planHash = row.planHash, paceRevision = row.paceRevision } = seen;
  const isAsSeen =
    state === row.state && planHash === row.planHash && paceRevision === row.paceRevision;
  if (next === null || !isAsSeen) return null;
  const clearsFailure = event === 'plan' || event === 'resume';
  await tx
    .update(replayRun)
    .set({
      ...(clearsFailure && { failure: null }),
      ...set,
      state: next,
      changedAt: sql`clock_timestamp()`,
      ...(isRunOver(next) && { endedAt: sql`clock_timestamp()` }),
    })
    .where(and(eq(replayRun.id, id), eq(replayRun.state, row.state)));
  await appendReplayEvent(tx, id, {
    kind: event,
    words: told.words ?? EVENT_WORDS[event],
    actor: told.actor,
  });
  await notify(tx, { kind: 'replay', runId: id });
  return next;
}
