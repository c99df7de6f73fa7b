import { setTimeout as rest } from 'node:timers/promises';
import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import type { Database } from '#server/db/client.ts';
import type { ForkedBench } from './forked.ts';
import { type RunProgress, readProgress } from './run-progress.ts';

/** A worker that can be killed, and the name by which it holds slices. */
export type Victim = { readonly holder: string; readonly process: ForkedBench };

export type KillPlan = {
  readonly database: Pick<Database, 'db'>;
  readonly runId: number;
  readonly workers: number;
  readonly startWorker: () => Promise<Victim>;
  /** Numbers in 0 .. 1, the same ones at each run of the bench. */
  readonly random: () => number;
  readonly killsMax: number;
  /** Share of the kills that wait for a worker which has requests under way; others hit one that has a slice. */
  readonly aimed: number;
  readonly withinMs: number;
};

export type Kills = { readonly kills: number; readonly inFlightKills: number };

const AIM_MS_MAX = 3_000;
const UNAIMED_MS_MAX = 600;
const LOOK_MS = 4;

/**
 * Kills workers (SIGKILL) while they replay, each followed by another at once, until the run is over. After `killsMax`
 * those that are there come to its end.
 * @throws Error where the run is not over `withinMs`
 */
export async function killTillOver(plan: KillPlan): Promise<Kills> {
  const { database, runId } = plan;
  const endMs = performance.now() + plan.withinMs;
  const workers = await Promise.all(Array.from({ length: plan.workers }, plan.startWorker));
  let kills = 0;
  let inFlightKills = 0;
  try {
    for (;;) {
      const victim = kills < plan.killsMax ? await chooseVictim(plan, workers) : null;
      const progress = await readProgress(database, runId);
      if (isRunOver(progress.state)) return { kills, inFlightKills };
      if (performance.now() > endMs) throw new Error(`Not over in time: ${wordsOf(progress)}`);
      if (victim === null) {
        await rest(25);
        continue;
      }
      await victim.process.stop();
      kills += 1;
      // Whoever takes the slice over waits for its lease to run out: until then it stands as the dead one left it.
      const left = await readProgress(database, runId);
      if ((left.openRequests.get(victim.holder) ?? 0) > 0) inFlightKills += 1;
      workers[workers.indexOf(victim)] = await plan.startWorker();
    }
  } finally {
    await Promise.all(workers.map(({ process }) => process.stop()));
  }
}

/** The one to be killed now; null where the run is over, or nobody had anything to do for long. */
async function chooseVictim(
  { database, runId, random, aimed }: KillPlan,
  workers: readonly Victim[],
): Promise<Victim | null> {
  const isAimed = random() < aimed;
  const endMs = performance.now() + AIM_MS_MAX;
  while (performance.now() < endMs) {
    const { state, holders, openRequests } = await readProgress(database, runId);
    if (isRunOver(state)) return null;
    const busy = workers.filter(({ holder }) =>
      isAimed ? openRequests.has(holder) : holders.has(holder),
    );
    const victim = busy[Math.floor(random() * busy.length)];
    if (victim !== undefined) {
      if (!isAimed) await rest(random() * UNAIMED_MS_MAX);
      return victim;
    }
    await rest(LOOK_MS);
  }
  return null;
}

function wordsOf({ state, ledger }: RunProgress): string {
  return JSON.stringify({ state, ledger });
}
