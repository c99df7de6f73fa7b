import { allowedToPerson, maySend } from '#lib/domain/replay/job/run-state.ts';
import { replayRate } from '#lib/replay/replay-rate.ts';
import type { ReplayList, ReplayListRow } from '#lib/replay/view/list.ts';
import type { RateView } from '#lib/replay/view/run.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { type ReplaySums, readReplaySums } from '#server/db/replay/read-progress.ts';
import { readLastTicks } from '#server/db/replay/read-ticks.ts';
import { type ReplayRunLine, readReplayRuns } from '#server/db/replay/run.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { tickView } from './read-course.ts';

const ROWS_MAX = 200;
const NOTHING: ReplaySums = {
  storedBytesDone: 0,
  emitted: 0,
  quarantined: 0,
  possibleDuplicates: 0,
};

/** Replays and drafts, the newest change first. */
export async function listReplays(args: {
  ctx: Pick<ServiceContext, 'database'>;
}): Promise<ReplayList> {
  const { database } = args.ctx;
  const [readAtMs, runs] = await Promise.all([
    readServerTimeMs(database),
    readReplayRuns(database, ROWS_MAX),
  ]);
  const sums = await readReplaySums(
    database,
    runs.map(({ id }) => id),
  );
  const rates = await readRates(database, runs, readAtMs);
  const rows = runs.map((run) => ({
    ...rowOf(run, sums.get(run.id) ?? NOTHING),
    rate: rates.get(run.id) ?? null,
  }));
  return { readAtMs, rows };
}

/** Of those that send now: few at a time. */
async function readRates(
  database: ServiceContext['database'],
  runs: readonly ReplayRunLine[],
  nowMs: number,
): Promise<ReadonlyMap<number, RateView>> {
  const rates = await Promise.all(
    runs
      .filter(({ state }) => maySend(state))
      .map(async ({ id }) => {
        const ticks = await readLastTicks(database, id, 2);
        return [id, replayRate(ticks.map(tickView), nowMs)] as const;
      }),
  );
  return new Map(rates.flatMap(([id, rate]) => (rate === null ? [] : [[id, rate] as const])));
}

function rowOf(run: ReplayRunLine, sums: ReplaySums): Omit<ReplayListRow, 'rate'> {
  const { failure, draft, connection, targetName, manifest } = run;
  return {
    id: run.id,
    state: run.state,
    allowed: allowedToPerson(run.state),
    failure: failure === null ? null : { kind: failure.kind, words: failure.words },
    source:
      draft.source === null || run.quarantineOf !== null
        ? null
        : { bucket: draft.source.bucket, prefix: draft.source.prefix },
    quarantineOf: run.quarantineOf,
    target:
      connection === null || targetName === null ? null : { connection, streamName: targetName },
    window: run.quarantineOf === null ? draft.window : null,
    purpose: run.purpose,
    createdBy: run.createdBy,
    createdAtMs: run.createdAt.getTime(),
    changedAtMs: run.changedAt.getTime(),
    startedBy: run.startedBy,
    startedAtMs: run.startedAt?.getTime() ?? null,
    endedAtMs: run.endedAt?.getTime() ?? null,
    objects: manifest?.objects ?? null,
    storedBytes: manifest?.bytes ?? null,
    ...sums,
  };
}
