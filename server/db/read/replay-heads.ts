import { desc, inArray, notInArray, type SQL } from 'drizzle-orm';
import { isRunOver, RUN_STATES } from '#lib/domain/replay/job/run-state.ts';
import type { ReplayHead } from '#lib/live/replay-head.ts';
import type { Database } from '#server/db/client.ts';
import { replayRun } from '#server/db/replay/schema.ts';

/** Of those that are over, the newest: a tab that slept through an end hears of it when it is seen again. */
const OVER_MAX = 20;
/** Nobody runs as many at a time; a limit all the same, as all of them go to every tab. */
const ACTIVE_MAX = 100;

const OVER = RUN_STATES.filter(isRunOver);
const NOT_ACTIVE = ['draft' as const, ...OVER];

/** Replays that are under way or wait for a person, and those that ended last; by id. */
export async function readReplayHeads({ db }: Database): Promise<readonly ReplayHead[]> {
  const heads = (where: SQL, limit: number) =>
    db
      .select({
        runId: replayRun.id,
        state: replayRun.state,
        targetName: replayRun.targetName,
        failure: replayRun.failure,
      })
      .from(replayRun)
      .where(where)
      .orderBy(desc(replayRun.changedAt))
      .limit(limit);
  const rows = await Promise.all([
    heads(notInArray(replayRun.state, NOT_ACTIVE), ACTIVE_MAX),
    heads(inArray(replayRun.state, OVER), OVER_MAX),
  ]);
  return rows
    .flat()
    .map((row) => ({ ...row, failure: row.failure?.words ?? null }))
    .sort((a, b) => a.runId - b.runId);
}
