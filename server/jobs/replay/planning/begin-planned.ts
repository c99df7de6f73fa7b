import { planHash, resumeFault } from '#lib/domain/replay/plan/plan-hash.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { DECODER_VERSION } from '#lib/domain/replay/transform/decoder-version.ts';
import type { Database } from '#server/db/client.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';
import { type RunLease, withRunLease } from '#server/db/replay/run-lease.ts';
import { insertSlices, transactionNow } from '#server/db/replay/run-plan.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import { lookAtTarget, type TargetConnection } from '#server/services/replays/look-at-target.ts';
import { targetGoneWords } from './plan-run.ts';

/**
 * Looks at a run that is in `starting` once more, and lays out its slices for workers to take; or fails it. One that
 * failed and is started again keeps its slices as they are.
 * @returns false where the target is only not ready yet
 * @throws AwsFailure for what may pass, LeaseLost, or the signal's reason
 */
export async function beginPlanned(
  { database, target }: { readonly database: Database; readonly target: TargetConnection },
  lease: RunLease,
  run: ReplayRunRow & { readonly settings: ReplaySettings },
  signal: AbortSignal,
): Promise<boolean> {
  const { settings, manifest, planHash: frozen, decoderVersion } = run;
  const fault =
    manifest === null || frozen === null || decoderVersion === null
      ? 'plan-changed'
      : resumeFault(
          { planHash: frozen, decoderVersion },
          {
            planHash: planHash(settings, manifest.fingerprint),
            decoderVersion: DECODER_VERSION,
          },
        );
  if (fault !== null || manifest === null) {
    const kind = fault ?? 'plan-changed';
    return failStart(database, lease, kind, FAULT_WORDS[kind]);
  }
  const { connection } = target;
  if (connection.readOnly) {
    return failStart(
      database,
      lease,
      'read-only',
      `Connection "${connection.name}" is read-only, so nothing is sent. Allow changes (readOnly: false in kinetoscope.config.yaml), then resume.`,
    );
  }
  const look = await lookAtTarget(database, target, settings.target, signal);
  if (look === null) return failStart(database, lease, 'target-gone', targetGoneWords(settings));
  // UPDATING takes records; what is being made will in a moment, what is being deleted never.
  if (look.settings.status === 'CREATING') return false;
  if (look.settings.status === 'DELETING') {
    return failStart(database, lease, 'target-gone', targetGoneWords(settings));
  }
  await withRunLease(database, lease, async (tx) => {
    const begun = run.startedAt === null ? { startedAt: await transactionNow(tx) } : {};
    const state = await applyRunEvent(tx, lease.runId, 'begin', { actor: null }, begun);
    if (state !== null) await insertSlices(tx, lease.runId, manifest.slices);
  });
  return true;
}

const FAULT_WORDS = {
  'plan-changed':
    'The settings or the manifest are not those that were approved, so nothing is sent. Cancel this replay, and plan it anew.',
  'decoder-changed':
    'This version of Kinetoscope may make other records of the same bytes than the one that planned the replay, so nothing is sent. Go back to that version, or cancel this replay and plan it anew.',
} as const;

/** @returns true: there is nothing more to do */
export async function failStart(
  database: Database,
  lease: RunLease,
  kind: string,
  words: string,
): Promise<true> {
  const sinceMs = await readServerTimeMs(database);
  await withRunLease(database, lease, async (tx) => {
    const told = { actor: null, words: `It could not be started. ${words}` };
    await applyRunEvent(tx, lease.runId, 'fail', told, { failure: { kind, words, sinceMs } });
  });
  return true;
}
