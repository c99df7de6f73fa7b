import { freshness } from '#lib/domain/freshness.ts';
import type { AutoscaleFacts, AutoscaleHindrance } from '#lib/domain/reshard/autoscale/decide.ts';
import { lookBack } from '#lib/domain/reshard/autoscale/look-back.ts';
import type { AutoscalePolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import { periodStart } from '#lib/domain/roll-up.ts';
import { readReshardTimes } from '#server/db/autoscale/reshard-times.ts';
import type { Database } from '#server/db/client.ts';
import {
  readApplications,
  type StoredApplication,
} from '#server/db/consumers/read-applications.ts';
import { readCurrentStreamsById, type StoredStream } from '#server/db/read/current-streams.ts';
import { readHistoryTiers, type StoredTier } from '#server/db/read/history-tiers.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { decisionTiers, readRecordedPeriods } from './read-periods.ts';

/** Figures whose newest period ended longer ago are not the present, however rarely a stream is read. */
const FIGURES_AGE_MS_MAX = 15 * 60_000;

/** A stream with what a policy decides by. */
export type ObservedStream = { readonly stream: StoredStream; readonly facts: AutoscaleFacts };

/**
 * What is known of a stream now, from what was recorded: the figures that its page shows.
 * @returns null where the stream is gone
 */
export async function observeStreamFacts(
  database: Database,
  streamId: number,
  { settings, revision }: { readonly settings: AutoscalePolicy; readonly revision: number },
): Promise<ObservedStream | null> {
  const [nowMs, [current]] = await Promise.all([
    readServerTimeMs(database),
    readCurrentStreamsById(database, [streamId]),
  ]);
  if (current === undefined) return null;
  const { stream } = current;
  const coolOffMs = Math.max(settings.outCoolOffMs, settings.inCoolOffMs, settings.lookBackMs);
  const [tiers, times, applications] = await Promise.all([
    readHistoryTiers(database, streamId),
    readReshardTimes(database, streamId, revision, nowMs - coolOffMs),
    readApplications(database, { streamId }),
  ]);
  const [tier] = decisionTiers(tiers);
  const periods = tier === undefined ? [] : await readWindow(database, streamId, tier, settings);
  const newest = periods.at(-1);
  const untilMs = newest === undefined ? null : newest.startMs + newest.periodSeconds * 1_000;
  const seen =
    untilMs === null
      ? { loadShards: null, busiestUse: null, refused: false }
      : lookBack(periods, periods.length - 1, untilMs - settings.lookBackMs, times.lastReshardAtMs);
  return {
    stream,
    facts: {
      nowMs,
      openShardCount: stream.openShardCount,
      ...seen,
      ...furthestBehind(applications, newest?.lagMs ?? 0, nowMs),
      lastReshardAtMs: times.lastReshardAtMs,
      reshardsInDay: times.startedInDay,
      isUnderWay: times.isUnderWay,
      lastVainAtMs: times.lastVainAtMs,
      lastReliefAtMs: times.lastReliefAtMs,
      hindrance: hindranceOf(stream, untilMs, nowMs),
    },
  };
}

function readWindow(
  database: Database,
  streamId: number,
  { periodSeconds, newestStartMs }: StoredTier,
  { lookBackMs }: AutoscalePolicy,
) {
  const toMs = newestStartMs + periodSeconds * 1_000;
  const fromMs = periodStart(toMs - lookBackMs, periodSeconds);
  return readRecordedPeriods(database, { streamId, periodSeconds, fromMs, toMs });
}

function hindranceOf(
  stream: StoredStream,
  untilMs: number | null,
  nowMs: number,
): AutoscaleHindrance | null {
  if (stream.mode === 'ON_DEMAND') return 'on-demand';
  if (stream.status !== 'ACTIVE') return 'not-active';
  const { cadenceSeconds, failure } = stream;
  const collectedAtMs = stream.collectedAt?.getTime() ?? null;
  const isFresh = freshness({ collectedAtMs, cadenceSeconds, failure }, nowMs) === 'fresh';
  return isFresh && untilMs !== null && nowMs - untilMs <= FIGURES_AGE_MS_MAX
    ? null
    : 'figures-stale';
}

/**
 * Who is furthest behind, by the upper bound of what is known; of whom nothing is known goes before. Readers that are
 * no applications that we know are told by the stream's iterator age alone.
 */
function furthestBehind(
  applications: readonly StoredApplication[],
  iteratorAgeMs: number,
  nowMs: number,
): Pick<AutoscaleFacts, 'lagMs' | 'lagOf'> {
  let furthest: { readonly lagMs: number; readonly lagOf: string | null } = {
    lagMs: iteratorAgeMs,
    lagOf: null,
  };
  for (const { application, state } of applications) {
    const { source, name, failure, cadenceSeconds } = application;
    // One that another application reads through counts with that one.
    if ('usedBy' in source && source.usedBy !== null) continue;
    const collectedAtMs = application.readAt?.getTime() ?? null;
    const isFresh = freshness({ collectedAtMs, cadenceSeconds, failure }, nowMs) === 'fresh';
    const lag = state?.summary.lag;
    if (!isFresh || lag === undefined || lag.kind === 'unknown')
      return { lagMs: null, lagOf: name };
    const lagMs = lag.kind === 'done' ? 0 : lag.atMostMs;
    if (lagMs > furthest.lagMs || furthest.lagOf === null) {
      furthest = { lagMs: Math.max(lagMs, furthest.lagMs), lagOf: name };
    }
  }
  return furthest;
}
