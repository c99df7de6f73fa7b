import { setTimeout as rest } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { type Ledger, sumLedgers } from '#lib/domain/replay/job/ledger.ts';
import { isRunOver, type RunState } from '#lib/domain/replay/job/run-state.ts';
import { isSliceDone } from '#lib/domain/replay/job/slice-progress.ts';
import type { Database } from '#server/db/client.ts';
import { replayRun, replaySlice } from '#server/db/replay/schema.ts';

export type RunProgress = {
  readonly state: RunState;
  readonly ledger: Ledger;
  /** Of slices that are not done. */
  readonly holders: ReadonlySet<string>;
  /** Requests that were written down and not answered, by whoever holds the slice. */
  readonly openRequests: ReadonlyMap<string, number>;
};

const ASK_MS = 50;

/** @throws Error where the run stands and waits for a person: no bench does anything about it */
export async function readProgress(
  { db }: Pick<Database, 'db'>,
  runId: number,
): Promise<RunProgress> {
  const [run] = await db
    .select({ state: replayRun.state, failure: replayRun.failure })
    .from(replayRun)
    .where(eq(replayRun.id, runId));
  if (run === undefined) throw new Error(`There is no replay ${runId}.`);
  if (run.state === 'paused' || run.state === 'failed' || run.state === 'cancelled') {
    throw new Error(
      `Replay ${runId} is ${run.state}: ${run.failure?.words ?? 'no failure is told'}`,
    );
  }
  const slices = await db
    .select({ progress: replaySlice.progress, holder: replaySlice.holder })
    .from(replaySlice)
    .where(eq(replaySlice.runId, runId));
  const openRequests = new Map<string, number>();
  const holders = new Set<string>();
  for (const { progress, holder } of slices) {
    if (holder !== null && !isSliceDone(progress)) holders.add(holder);
    if (holder === null || progress.requests.length === 0) continue;
    openRequests.set(holder, (openRequests.get(holder) ?? 0) + progress.requests.length);
  }
  const ledger = sumLedgers(slices.map(({ progress }) => progress.ledger));
  return { state: run.state, ledger, holders, openRequests };
}

/**
 * Waits until a run is so far. Its end is far enough for anything.
 * @throws Error where it is not within `withinMs`
 */
export async function untilProgress(
  database: Pick<Database, 'db'>,
  runId: number,
  isFar: (progress: RunProgress) => boolean,
  withinMs: number,
): Promise<RunProgress> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const progress = await readProgress(database, runId);
    if (isFar(progress) || isRunOver(progress.state)) return progress;
    if (performance.now() > endMs) {
      const words = JSON.stringify({ state: progress.state, ledger: progress.ledger });
      throw new Error(`Replay ${runId} is not so far after ${withinMs} ms: ${words}`);
    }
    await rest(ASK_MS);
  }
}
