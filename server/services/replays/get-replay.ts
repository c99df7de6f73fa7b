import { ledgerFault, possibleDuplicates } from '#lib/domain/replay/job/ledger.ts';
import { allowedToPerson } from '#lib/domain/replay/job/run-state.ts';
import { paceFault } from '#lib/domain/replay/plan/findings.ts';
import { hasTimes } from '#lib/domain/replay/plan/has-times.ts';
import { settingFacts } from '#lib/replay/setting-facts.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readReplaySlices } from '#server/db/replay/read-progress.ts';
import { readLastTicks } from '#server/db/replay/read-ticks.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { knownRun } from './known-run.ts';
import { planView } from './plan-view.ts';
import { ledgerOf, outstandingOfAll, progressView } from './progress-view.ts';
import { tickView } from './read-course.ts';

/** The rest is foretold by about the last minute of ticks. */
const TICKS_FOR_ETA = 12;

/** A replay with all that its page shows. @throws ServiceError `not-found` */
export async function getReplay(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: {
    readonly id: number;
    /** False for those who may not see partition keys. */
    readonly showsKeys: boolean;
  };
}): Promise<ReplayView> {
  const { ctx, input } = args;
  const { database } = ctx;
  const run = await knownRun(ctx, input.id);
  const [readAtMs, slices, ticks] = await Promise.all([
    readServerTimeMs(database),
    readReplaySlices(database, run.id),
    readLastTicks(database, run.id, TICKS_FOR_ETA),
  ]);
  const ledger = ledgerOf(slices);
  return {
    readAtMs,
    id: run.id,
    state: run.state,
    allowed: allowedToPerson(run.state),
    failure: run.failure,
    draft: input.showsKeys ? run.draft : null,
    settings: input.showsKeys ? run.settings : null,
    revision: run.revision,
    facts: settingFacts({ ...run.draft, pace: run.pace }, run.quarantineOf),
    ...targetOf(run),
    pace: run.pace,
    paceRevision: run.paceRevision,
    timedFault: timedFault(run),
    listing: run.listing,
    plan: planView(run, input.showsKeys),
    progress: progressView(run, slices, ticks.map(tickView), readAtMs),
    ledger,
    ledgerFault: ledgerFault(ledger, outstandingOfAll(slices)),
    possibleDuplicates: possibleDuplicates(ledger),
    createdBy: run.createdBy,
    createdAtMs: run.createdAt.getTime(),
    changedAtMs: run.changedAt.getTime(),
    plannedAtMs: run.plannedAt?.getTime() ?? null,
    startedBy: run.startedBy,
    purpose: run.purpose,
    startedAtMs: run.startedAt?.getTime() ?? null,
    endedAtMs: run.endedAt?.getTime() ?? null,
    copiedFrom: run.copiedFrom,
    quarantineOf: run.quarantineOf,
  };
}

function targetOf({ draft }: ReplayRunRow) {
  const { target, sourceStreamArn } = draft;
  const isTargetSource = target !== null && target.streamArn === sourceStreamArn;
  return {
    target:
      target === null ? null : { connection: target.connection, streamName: target.streamName },
    isTargetSource,
    nameToType: isTargetSource ? target.streamName : null,
  };
}

/** Whether it could go at the archive's speed, as it is planned, or would be cut. */
function timedFault({ draft, manifest }: ReplayRunRow): ReplayView['timedFault'] {
  if (draft.transform === null) return 'needs-times';
  const facts = {
    hasTimes: hasTimes({ transform: draft.transform }),
    slices: manifest?.slices.length ?? 1,
  };
  return paceFault({ kind: 'timed', speed: 1 }, facts);
}
