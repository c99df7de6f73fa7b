import type { LagColumns } from '#lib/domain/consumers/lag-frame.ts';
import type { Database } from '#server/db/client.ts';
import { readLagColumns } from '#server/db/consumers/read-lag-columns.ts';

/** The worst of an application's shards in one period, seconds; NaN where no lag is known. */
export type WorstLag = {
  readonly periodStartMs: number;
  readonly atLeast: number;
  readonly atMost: number;
};

/** Periods that are kept of one application and length of period. */
const KEPT_MAX = 1_000;
/** Applications and lengths of period that are kept: 1,000 periods of each take some 50 kB. */
const SERIES_MAX = 400;
/** A period may still change while it is one of so many last ones: it is going on, or being rolled up. */
const UNSETTLED = 3;

type Series = { readonly byStart: Map<number, WorstLag> };

// A frame of 5,000 shards is 50 kB, and lists ask for 30 of each application with each reading: each is read once.
const kept = new WeakMap<Database, Map<string, Series>>();

/** Oldest first; a period of which nothing is recorded is left out. */
export async function worstLags(
  database: Database,
  of: {
    readonly applicationId: number;
    readonly periodSeconds: number;
    readonly fromMs: number;
    readonly toMs: number;
  },
): Promise<readonly WorstLag[]> {
  const { byStart } = seriesOf(database, `${of.applicationId}/${of.periodSeconds}`);
  const periodMs = of.periodSeconds * 1_000;
  const starts = [...byStart.keys()];
  const oldest = Math.min(...starts);
  const newest = Math.max(...starts);
  const continues = starts.length > 0 && oldest <= of.fromMs && newest >= of.fromMs;
  const fromMs = continues ? newest - (UNSETTLED - 1) * periodMs : of.fromMs;
  const read = await readLagColumns(database, { ...of, fromMs });
  // What does not follow on what is kept would leave a hole that looks like one of the application.
  for (const start of starts) if (!continues || start >= fromMs) byStart.delete(start);
  for (const { periodStartMs, columns } of read) {
    byStart.set(periodStartMs, worstOf(periodStartMs, columns));
  }
  const all = [...byStart.values()].sort((a, b) => a.periodStartMs - b.periodStartMs);
  for (const { periodStartMs } of all.slice(0, Math.max(0, all.length - KEPT_MAX))) {
    byStart.delete(periodStartMs);
  }
  return all.filter(({ periodStartMs }) => periodStartMs >= of.fromMs && periodStartMs < of.toMs);
}

function worstOf(periodStartMs: number, { atLeast, atMost }: LagColumns): WorstLag {
  const worst = { periodStartMs, atLeast: Number.NaN, atMost: Number.NaN };
  for (let i = 0; i < atMost.length; i += 1) {
    const bound = atMost[i] ?? Number.NaN;
    if (Number.isNaN(bound) || bound <= worst.atMost) continue;
    worst.atMost = bound;
    worst.atLeast = atLeast[i] ?? Number.NaN;
  }
  return worst;
}

function seriesOf(database: Database, key: string): Series {
  const all = kept.get(database) ?? new Map<string, Series>();
  kept.set(database, all);
  const series = all.get(key) ?? { byStart: new Map() };
  // A Map keeps the order of insertion: the first key is the least recently used.
  all.delete(key);
  all.set(key, series);
  for (const oldest of all.keys()) {
    if (all.size <= SERIES_MAX) break;
    all.delete(oldest);
  }
  return series;
}
