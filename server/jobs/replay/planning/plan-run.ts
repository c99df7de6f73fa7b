import { AwsFailure } from '#lib/domain/aws-failure.ts';
import {
  CHUNK_OBJECTS,
  type ListedObject,
  type ManifestProgress,
} from '#lib/domain/replay/plan/manifest.ts';
import { planHash } from '#lib/domain/replay/plan/plan-hash.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { DECODER_VERSION } from '#lib/domain/replay/transform/decoder-version.ts';
import { firstOwnPeriod } from '#lib/domain/settled-periods.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import { refusalView } from '#lib/replay/finding-words.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { wait } from '#server/collector/wait.ts';
import type { Database } from '#server/db/client.ts';
import { notify } from '#server/db/notification.ts';
import { readCurrentStreamByName } from '#server/db/read/current-streams.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';
import { appendReplayEvent } from '#server/db/replay/run-events.ts';
import { type RunLease, withRunLease } from '#server/db/replay/run-lease.ts';
import { insertManifestChunk, readManifest } from '#server/db/replay/run-manifest.ts';
import { setListing } from '#server/db/replay/run-plan.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import { readManifestChunk } from '#server/db/replay/slice-manifest.ts';
import type { StoredPlan } from '#server/db/replay/stored.ts';
import { keepWatch } from '#server/db/watch/keep-watch.ts';
import type { Logger } from '#server/log.ts';
import { compileExpression } from '#server/replay/record-expression.ts';
import {
  lookAtTarget,
  type TargetConnection,
  type TargetLook,
} from '#server/services/replays/look-at-target.ts';
import { readTargetConsumers } from '#server/services/replays/target-consumers.ts';
import { type ArchiveAccess, archiveOf } from './archive-access.ts';
import { concludePlan } from './conclude-plan.ts';
import { listManifest, type ManifestStore } from './list-manifest.ts';
import { sampledPlaces, sampleManifest } from './sample-manifest.ts';

export type PlanningDependencies = {
  readonly database: Database;
  readonly log: Logger;
  readonly target: TargetConnection;
  /** By which the archive is read. */
  readonly source: Pick<Aws, 'archives'>;
  /** Instead of the archive that the settings name: for tests. */
  readonly archive?: ArchiveAccess;
};

/** Those who look on are told at most so often. */
const PROGRESS_EVERY_MS = 500;
/**
 * Figures of a stream that was just made come with its first whole period, once that is settled, and when it was read:
 * as long after that they are waited for.
 */
const READING_MS = 30_000;
const FIRST_FIGURES_EVERY_MS = 1_000;
const WATCHED_SECONDS = 60;

/**
 * Makes a plan of a run that is in `planning`, and freezes it or says why it cannot be started. May be killed at any
 * instant: whoever comes after goes on behind the last chunk that was stored.
 * @throws AwsFailure for what may pass, LeaseLost, or the signal's reason
 */
export async function planRun(
  deps: PlanningDependencies,
  lease: RunLease,
  run: ReplayRunRow & { readonly settings: ReplaySettings },
  signal: AbortSignal,
): Promise<void> {
  const { database, log, target } = deps;
  const { settings, pace } = run;
  const archive = deps.archive ?? archiveOf(run, database, deps.source);
  const compiled = settings.expression === null ? null : compileExpression(settings.expression);
  if (compiled?.ok === false) {
    const words = `The filter's expression cannot be used: ${compiled.fault.words} Mend it, and plan again.`;
    return refuse(database, lease, 'expression', words);
  }
  const expression = compiled?.expression ?? null;

  const listed = await listManifest(archive, run, manifestStore(database, lease, run), signal);
  const look = await lookPatiently(database, target, run, lease, signal);
  if (look === null) return refuse(database, lease, 'target-gone', targetGoneWords(settings));
  const objects = await sampledObjects(database, lease.runId, listed.totals.objects);
  const plan = { settings, expression, target: look.shards.map(({ range }) => range) };
  const sample = await sampleManifest(archive, objects, plan, signal);
  const source = run.quarantineOf === null ? settings.source : null;
  const seen = await readTargetConsumers(database, target, look, source, signal);
  const concluded = concludePlan({
    settings,
    pace,
    listed,
    sample,
    look,
    seen,
    isQuarantine: run.quarantineOf !== null,
    nowMs: await readServerTimeMs(database),
  });
  await conclude(database, lease, settings, concluded);
  log.info(
    {
      replay: lease.runId,
      objects: concluded.manifest.objects,
      bytes: concluded.manifest.bytes,
      refusals: concluded.plan.refusals.map(({ kind }) => kind),
    },
    'a replay was planned',
  );
}

function manifestStore(
  database: Database,
  lease: RunLease,
  { listing }: Pick<ReplayRunRow, 'listing'>,
): ManifestStore {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const tell = (progress: ManifestProgress) =>
    withRunLease(database, lease, (tx) => setListing(tx, lease.runId, progress));
  return {
    listedBefore: listing?.listed ?? 0,
    stored: () => readManifest(database, lease.runId),
    async add(chunk, progress) {
      toldAtMs = performance.now();
      await withRunLease(database, lease, async (tx) => {
        await insertManifestChunk(tx, lease.runId, chunk);
        await setListing(tx, lease.runId, progress);
      });
    },
    async progress(progress) {
      if (performance.now() - toldAtMs < PROGRESS_EVERY_MS) return;
      toldAtMs = performance.now();
      await tell(progress);
    },
  };
}

/** Where a stream is so young that nobody can have read its figures, they are waited for, and that is said. */
async function lookPatiently(
  database: Database,
  target: TargetConnection,
  { settings, pace }: { readonly settings: ReplaySettings } & Pick<ReplayRunRow, 'pace'>,
  lease: RunLease,
  signal: AbortSignal,
): Promise<TargetLook | null> {
  const { connection, streamName, createdAtMs } = settings.target;
  const { periodSeconds, delaySeconds } = target.connection.metrics;
  const settledAtMs =
    firstOwnPeriod(createdAtMs, periodSeconds) + (periodSeconds + delaySeconds) * 1_000;
  for (let isTold = false; ; isTold = true) {
    const look = await lookAtTarget(database, target, settings.target, signal);
    if (look === null || look.live !== null || pace.shardCap !== null) return look;
    const nowMs = Date.now() + target.aws.clockSkewMs();
    if (nowMs > settledAtMs + READING_MS) return look;
    if (!isTold) await tellOfWaiting(database, lease, streamName, settledAtMs - nowMs);
    const known = await readCurrentStreamByName(database, connection, streamName);
    await keepWatch(database, {
      streamIds: known === null ? [] : [known.stream.id],
      watcher: 'replay planner',
      ttlSeconds: WATCHED_SECONDS,
    });
    await wait(FIRST_FIGURES_EVERY_MS, signal);
    signal.throwIfAborted();
  }
}

function tellOfWaiting(
  database: Database,
  lease: RunLease,
  streamName: string,
  waitMs: number,
): Promise<void> {
  const words = `${streamName} is so new that nothing is known of its traffic yet. Its first figures come in about ${formatAge(Math.max(0, waitMs) + READING_MS)} at most, and are waited for; a cap for each shard needs none.`;
  return withRunLease(database, lease, async (tx) => {
    await appendReplayEvent(tx, lease.runId, { kind: 'waiting', words, actor: null });
    await notify(tx, { kind: 'replay', runId: lease.runId });
  });
}

async function sampledObjects(
  database: Database,
  runId: number,
  objects: number,
): Promise<readonly ListedObject[]> {
  const sampled: ListedObject[] = [];
  let chunk = { first: 0, entries: [] as readonly ListedObject[] };
  for (const place of sampledPlaces(objects)) {
    // Places ascend, and several may lie in one chunk.
    if (place >= chunk.first + chunk.entries.length) {
      chunk = await readManifestChunk(database, runId, place - (place % CHUNK_OBJECTS));
    }
    const object = chunk.entries[place - chunk.first];
    if (object !== undefined && object.bytes > 0) sampled.push(object);
  }
  return sampled;
}

async function conclude(
  database: Database,
  lease: RunLease,
  settings: ReplaySettings,
  { manifest, plan }: ReturnType<typeof concludePlan>,
): Promise<void> {
  await withRunLease(database, lease, async (tx) => {
    const { atMs } = plan;
    const plannedAt = new Date(atMs);
    const refused = refusalWords(plan);
    if (refused !== null) {
      const failure = { kind: 'refused', words: refused, sinceMs: atMs };
      const told = { actor: null, words: `It cannot be started as it is planned. ${refused}` };
      await applyRunEvent(tx, lease.runId, 'refuse', told, { manifest, plan, plannedAt, failure });
      return;
    }
    const words = `The plan is made: ${countOf(manifest.objects, 'object')} are frozen.`;
    await applyRunEvent(
      tx,
      lease.runId,
      'freeze',
      { actor: null, words },
      {
        manifest,
        plan,
        plannedAt,
        planHash: planHash(settings, manifest.fingerprint),
        decoderVersion: DECODER_VERSION,
      },
    );
  });
}

/** The first that stands against it; the plan tells all of them. */
function refusalWords({ refusals, target }: StoredPlan): string | null {
  const [refusal] = refusals;
  if (refusal === undefined) return null;
  const { words, todo } = refusalView(
    refusal,
    target.shards.map(({ shardId }) => shardId),
  );
  const more = refusals.length - 1;
  return `${words} ${todo}${more > 0 ? ` The plan names ${countOf(more, 'other reason')}.` : ''}`;
}

/** Leads back to the draft without a plan. */
export async function refuse(
  database: Database,
  lease: RunLease,
  kind: string,
  words: string,
): Promise<void> {
  const sinceMs = await readServerTimeMs(database);
  await withRunLease(database, lease, async (tx) => {
    const told = { actor: null, words: `It could not be planned. ${words}` };
    await applyRunEvent(tx, lease.runId, 'refuse', told, { failure: { kind, words, sinceMs } });
  });
}

export function targetGoneWords({ target }: ReplaySettings): string {
  return `There is no stream ${target.streamName} any more, or another one bears its name now. Choose the target anew.`;
}

/** Whether it is worth trying again: AWS says so, or it was our own store. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof AwsFailure) || error.retryable;
}
