import { KIND_WORDS } from '#lib/consumers/kind-words.ts';
import { lagWords } from '#lib/consumers/lag-words.ts';
import { STATUS_MEANINGS, STATUS_WORDS } from '#lib/consumers/status-words.ts';
import { keepsLeases } from '#lib/domain/consumers/application.ts';
import type { HealthLevel } from '#lib/domain/health.ts';
import type {
  ApplicationWatch,
  WatchVerdict,
} from '#lib/domain/reshard/watch/watch-application.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import { formatInstant, type Zone } from '#lib/format/time.ts';
import type { ReshardWatchView, UseWatchView, WatchedApplicationView } from './watch-view.ts';

export const VERDICT_LEVELS: Readonly<Record<WatchVerdict, HealthLevel>> = {
  settled: 'ok',
  'under-way': 'warning',
  attention: 'critical',
  unknown: 'unknown',
};

export const VERDICT_WORDS: Readonly<Record<WatchVerdict, string>> = {
  settled: 'Settled',
  'under-way': 'Settling',
  attention: 'Needs you',
  unknown: 'Unknown',
};

/** The outcome as a whole, in one sentence. */
export function outcomeWords(
  view: Pick<ReshardWatchView, 'verdict' | 'isOver' | 'refusals'> & {
    readonly applications: readonly Pick<WatchedApplicationView, 'name' | 'kind' | 'watch'>[];
  },
): string {
  const { verdict, isOver, applications, refusals } = view;
  if (!isOver) return 'Steps are still to come; what is seen so far is below.';
  const leased = applications.filter(({ kind }) => keepsLeases(kind)).length;
  switch (verdict) {
    case 'settled':
      return leased === 0
        ? 'No consumer with leases is known of the stream, and no records are refused.'
        : `${leased === 1 ? 'Its one consumer with leases has' : `All ${formatCount(leased)} consumers with leases have`} read the closed shards to their end and go on in the new ones; no records are refused.`;
    case 'under-way':
      return 'Closed shards are still being read, or it is too early to tell.';
    case 'attention': {
      const amiss = applications.filter(({ watch }) => watch.verdict === 'attention');
      const unread =
        amiss.length > 0 &&
        `${amiss.map(({ name }) => name).join(', ')}: a new shard is not read as it should be.`;
      const refused = refusals.outcome === 'goes-on' && 'Records are still refused.';
      return [unread, refused].filter((words) => words !== false).join(' ');
    }
    case 'unknown':
      return 'Not enough has been read since to tell.';
  }
}

/** Until when it is watched, and why. */
export function spanWords({ span, isOver }: Pick<ReshardWatchView, 'span' | 'isOver'>, zone: Zone) {
  const { until } = span;
  if (!isOver) return 'It is watched until a day after its end.';
  const at = formatInstant(until.atMs, zone);
  if (until.why === 'resharded-again') {
    return `Its shards were resharded again at ${at}: figures are of the time before, consumers as they are now.`;
  }
  return span.isOver
    ? `It was watched until ${at}: figures are of that day, consumers as they are now.`
    : `It is watched until ${at}, or until its shards are resharded again.`;
}

/** @example '2 of 2 drained' @example '1 of 2 drained, 1 unread' */
export function parentWords({ parents }: Pick<ApplicationWatch, 'parents'>): string {
  const all = parents.drained + parents.unread + parents.expired + parents.unknown;
  if (all === 0) return 'none was closed';
  if (parents.unknown === all) return `${formatCount(all)} unknown`;
  return [
    `${formatCount(parents.drained)} of ${formatCount(all)} drained`,
    parents.unread > 0 && `${formatCount(parents.unread)} unread`,
    parents.expired > 0 && `${formatCount(parents.expired)} expired`,
    parents.unknown > 0 && `${formatCount(parents.unknown)} unknown`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** @example '3 of 4 advancing, 1 waiting' */
export function childWords({ children }: Pick<ApplicationWatch, 'children'>): string {
  const { advancing, waiting, behind, troubled, unknown } = children;
  const all = advancing + waiting + behind + troubled + unknown;
  if (all === 0) return 'none yet';
  if (unknown === all) return `${formatCount(all)} unknown`;
  return [
    `${formatCount(advancing)} of ${formatCount(all)} advancing`,
    waiting > 0 && `${formatCount(waiting)} waiting`,
    behind > 0 && `${formatCount(behind)} falling behind`,
    troubled > 0 && `${formatCount(troubled)} in trouble`,
    unknown > 0 && `${formatCount(unknown)} unknown`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** What a consumer still has to do, or what is wrong, with the figures. */
export function followWords({
  kind,
  watch,
  lag,
  observedAtMs,
}: Pick<WatchedApplicationView, 'kind' | 'watch' | 'lag' | 'observedAtMs'>): string {
  if (observedAtMs === null) return 'It has not been read yet.';
  if (!keepsLeases(kind)) {
    const whole = lag === null || lag.kind === 'unknown' ? 'not known' : lagWords(lag);
    return `A ${KIND_WORDS[kind]} keeps no leases, so how far it is in a shard is not known. As a whole: ${whole}.`;
  }
  const { worstChild, slowestParent, verdict } = watch;
  if (worstChild !== null) {
    const { shardId, status } = worstChild;
    return `New ${shardId}: ${STATUS_WORDS[status].toLowerCase()}. ${STATUS_MEANINGS[status]}`;
  }
  if (slowestParent !== null) {
    const { shardId, lag: behind, backlogRecords, caughtUpInMs } = slowestParent;
    const parts = [
      lagWords(behind),
      backlogRecords !== null &&
        backlogRecords > 0 &&
        `at least ${countOf(backlogRecords, 'record')} unread`,
      caughtUpInMs !== null && `about ${formatAge(caughtUpInMs)} to go`,
    ].filter((part) => part !== false);
    return `Closed ${shardId} is not read to its end: ${parts.join(', ')}. Its children wait for it.`;
  }
  switch (verdict) {
    case 'settled':
      return 'It reads all new shards, and has nothing left in the closed ones.';
    case 'under-way':
      return 'New shards wait for a lease; the library makes one within minutes.';
    case 'attention':
    case 'unknown':
      return 'It has not been read often enough since to tell.';
  }
}

/** What has become of refused records, with both figures. */
export function refusalWords({ refusals }: Pick<ReshardWatchView, 'refusals'>): string {
  const { outcome, before, after } = refusals;
  const of = (figures: typeof before) =>
    figures === null
      ? 'not recorded'
      : `${countOf(figures.throttledRecords, 'record')} in ${formatAge(figures.toMs - figures.fromMs)} (${formatCount(figures.throttledPeriods)} of ${countOf(figures.periods, 'period')})`;
  const figures = `Refused before: ${of(before)}. After: ${of(after)}.`;
  switch (outcome) {
    case 'none':
      return `No records are refused, nor were before. ${figures}`;
    case 'ended':
      return `Refusals have ended. ${figures}`;
    case 'calming':
      return `None in the newest periods; two minutes without one are waited for. ${figures}`;
    case 'goes-on':
      return `Records are still refused. ${figures}`;
    case 'unknown':
      return `Whether records are refused is not known: periods of the time after it are needed. ${figures}`;
  }
}

/** How the busiest shard turned out, and whether the load is still the one that was looked at. */
export function useWords({
  busiest,
  loadRatio,
  basis,
  window,
  shardMetricsOn,
}: UseWatchView): string {
  if (!shardMetricsOn) {
    return 'What the shards take is not known: shard-level metrics are off.';
  }
  if (window === null) return 'No whole period since its end has been read yet.';
  const by = basis?.by === 'peak' ? 'highest period' : 'mean';
  const seen = `${by} of ${formatAge(window.toMs - window.fromMs)}, periods of ${window.periodSeconds} s`;
  const actual = busiest.actual === null ? 'unknown' : formatUse(busiest.actual);
  if (basis === null) return `Busiest shard: ${actual} (${seen}). What was predicted was not kept.`;
  const predicted = busiest.predicted === null ? 'unknown' : formatUse(busiest.predicted);
  const load =
    loadRatio === null
      ? ''
      : ` The stream takes ${loadRatio.toFixed(2)} times the load that was planned for.`;
  return `Busiest shard: ${predicted} predicted, ${actual} seen (${seen}).${load}`;
}
