import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import { ledgerFault, possibleDuplicates } from '#lib/domain/replay/job/ledger.ts';
import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import { settingFacts } from '#lib/replay/setting-facts.ts';
import type { ReceiptView } from '#lib/replay/view/receipt.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readReplaySlices } from '#server/db/replay/read-progress.ts';
import { readQuarantineSums } from '#server/db/replay/read-quarantine.ts';
import { readReplayEvents } from '#server/db/replay/run-events.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { knownRun } from './known-run.ts';
import { reasonView } from './list-quarantine.ts';
import { planView } from './plan-view.ts';
import { ledgerOf, outstandingOfAll } from './progress-view.ts';
import { eventView } from './read-course.ts';

const EVENTS_MAX = 1_000;

const ORDER_WORDS: Readonly<Record<ReplayOrder, string>> = {
  none: 'None was promised.',
  'per-key':
    'Kept for each partition key: a record was sent when the one before it of its key was acknowledged or in quarantine.',
  strict: 'Kept: each record was sent when the one before it was acknowledged or in quarantine.',
};

/** What came of a replay; of one that is not over, what came of it so far. @throws ServiceError `not-found` */
export async function getReceipt(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly id: number; readonly showsKeys: boolean };
}): Promise<ReceiptView> {
  const { ctx, input } = args;
  const { database } = ctx;
  const run = await knownRun(ctx, input.id);
  const [writtenAtMs, slices, sums, events] = await Promise.all([
    readServerTimeMs(database),
    readReplaySlices(database, run.id),
    readQuarantineSums(database, run.id),
    readReplayEvents(database, run.id, null, EVENTS_MAX),
  ]);
  const ledger = ledgerOf(slices);
  const fault = ledgerFault(ledger, outstandingOfAll(slices));
  const startedAtMs = run.startedAt?.getTime() ?? null;
  const endedAtMs = run.endedAt?.getTime() ?? null;
  const elapsedMs = startedAtMs === null ? null : (endedAtMs ?? writtenAtMs) - startedAtMs;
  const order = run.settings?.order ?? null;
  return {
    version: 1,
    runId: run.id,
    state: run.state,
    isFinal: isRunOver(run.state),
    writtenAtMs,
    createdBy: run.createdBy,
    startedBy: run.startedBy,
    purpose: run.purpose,
    startedAtMs,
    endedAtMs,
    elapsedMs,
    planHash: run.planHash,
    decoderVersion: run.decoderVersion,
    manifestFingerprint: run.manifest?.fingerprint ?? null,
    plan: planView(run, input.showsKeys),
    facts: settingFacts({ ...run.draft, pace: run.pace }, run.quarantineOf),
    pace: run.pace,
    ledger,
    ledgerFault: fault,
    isBalanced: fault === null,
    possibleDuplicates: possibleDuplicates(ledger),
    quarantine: sums.map(reasonView),
    order: order === null ? null : { promised: order, words: ORDER_WORDS[order] },
    orderInversions: {
      records: ledger.orderInversions,
      isWithinSlicesOnly: slices.length > 1,
      takeovers: order === 'none' ? ledger.takeovers : 0,
    },
    meanRates:
      elapsedMs === null || elapsedMs <= 0 || ledger.emitted === 0
        ? null
        : {
            bytesPerSecond: ledger.emittedBytes / (elapsedMs / 1_000),
            recordsPerSecond: ledger.emitted / (elapsedMs / 1_000),
          },
    throttledRecords: ledger.recordsThrottled,
    events: [...events].reverse().map(eventView),
  };
}
