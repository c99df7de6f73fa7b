import { rowFacts } from '#lib/advice/row-facts.ts';
import type { StreamAdvice } from '#lib/advice/stream-advice.ts';
import { advise } from '#lib/domain/advice/advise.ts';
import { ADVICE_SETTINGS, type History } from '#lib/domain/advice/facts.ts';
import { includePresent } from '#lib/domain/advice/include-present.ts';
import { sizing } from '#lib/domain/advice/rules/size.ts';
import { type CurrentStream, readCurrentStreamByName } from '#server/db/read/current-streams.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { type AgingCache, agingCache } from '#server/services/aging-cache.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { currentViews } from '#server/services/streams/current-view.ts';
import type { TopologyCache } from '#server/services/streams/topology-cache.ts';
import {
  type LongHistory,
  type RecentHistory,
  readLongHistory,
  readRecentHistory,
} from './read-history.ts';

/** The last hour is read again so often, however many tabs ask; the rest of history changes slowly. */
const RECENT_AGE_MS_MAX = 10_000;
const LONG_AGE_MS_MAX = 5 * 60_000;
const STREAMS_MAX = 100;

type Caches = { recent: AgingCache<RecentHistory | null>; long: AgingCache<LongHistory | null> };

// One set a process: the topology cache is.
const cachesOf = new WeakMap<TopologyCache, Caches>();

/**
 * What the rules advise for the stream that bears the name now, by its newest period and its recorded history.
 * @throws ServiceError `not-found`
 */
export async function getAdvice(args: {
  ctx: Pick<ServiceContext, 'database' | 'topologies'>;
  input: {
    readonly connection: string;
    readonly streamName: string;
    /** Room above the load, as a share of it. */
    readonly headroom: number;
  };
}): Promise<StreamAdvice> {
  const { ctx, input } = args;
  const [nowMs, current] = await Promise.all([
    readServerTimeMs(ctx.database),
    readCurrentStreamByName(ctx.database, input.connection, input.streamName),
  ]);
  const [view] =
    current === null ? [] : await currentViews(ctx.database, ctx.topologies, [current], nowMs);
  if (current === null || view === undefined) {
    throw new ServiceError(
      'not-found',
      `There is no stream "${input.streamName}" on connection "${input.connection}" now, so nothing can be advised.`,
    );
  }
  const ofNow = rowFacts(view.row);
  const recorded = await readHistory(ctx, current, nowMs);
  const history = recorded && {
    ...recorded,
    peaks: includePresent(recorded.peaks, ofNow.present),
  };
  const facts = { ...ofNow, history };
  const settings = { ...ADVICE_SETTINGS, headroom: input.headroom };
  return {
    streamId: current.stream.id,
    madeAtMs: nowMs,
    findings: advise(facts, settings),
    sizing: sizing(facts, settings),
    recordedSinceMs: history?.peaks.sinceMs ?? null,
  };
}

async function readHistory(
  ctx: Pick<ServiceContext, 'database' | 'topologies'>,
  current: CurrentStream,
  nowMs: number,
): Promise<History | null> {
  const caches = cachesOf.get(ctx.topologies) ?? {
    recent: agingCache(RECENT_AGE_MS_MAX, STREAMS_MAX),
    long: agingCache(LONG_AGE_MS_MAX, STREAMS_MAX),
  };
  cachesOf.set(ctx.topologies, caches);
  const { id } = current.stream;
  const [recent, long] = await Promise.all([
    caches.recent.get(id, nowMs, () => readRecentHistory(ctx, current, nowMs)),
    caches.long.get(id, nowMs, () => readLongHistory(ctx, current, nowMs)),
  ]);
  return recent === null || long === null ? null : { ...recent, ...long };
}
