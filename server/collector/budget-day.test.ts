import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DailyBudget } from '#lib/domain/cost/daily-budget.ts';
import { metricsFor } from '#lib/domain/cost/metric-price.ts';
import type { Cadence } from '#server/config/config.ts';
import { cadenceSecondsOf, nextDueMs } from './due.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MIDNIGHT_MS = Date.UTC(2026, 10, 23);
const CADENCE: Cadence = { watchedSeconds: 60, unwatchedSeconds: 300, topologySeconds: 60 };
/** What the collector reads of a stream as a whole. */
const STREAM_METRICS_READ = 19;

type Day = {
  readonly shardsOf: readonly number[];
  readonly dollars: number;
  /** Streams that somebody looks at in each hour. */
  readonly watchedOf: (hour: number) => ReadonlySet<number>;
  /** Share of the readings that have to be sent twice, 0 .. 1. */
  readonly repeated: number;
  readonly startMs: number;
  readonly seed: number;
};

/**
 * A day of a collector's decisions: its planner, its reservations and its due times, without AWS and store. Time
 * goes by minutes; at the end of each, what is due is read if it can be paid.
 */
function live(day: Day) {
  const budget = new DailyBudget(metricsFor(day.dollars));
  const random = seeded(day.seed);
  const spentOfDay = new Map<number, number>();
  const streams = day.shardsOf.map((shards) => ({
    shards,
    metrics: STREAM_METRICS_READ + 7 * shards,
    cadenceSeconds: 300,
    dueMs: day.startMs,
    readMs: null as number | null,
    reads: 0,
    longestGapMs: 0,
  }));
  let refused = 0;
  const ask = (metrics: number, nowMs: number) => {
    const date = Math.floor(nowMs / DAY_MS);
    spentOfDay.set(date, (spentOfDay.get(date) ?? 0) + metrics);
  };
  for (let nowMs = day.startMs; nowMs < day.startMs + DAY_MS; nowMs += 60_000) {
    const watched = day.watchedOf(new Date(nowMs).getUTCHours());
    const planned = budget.cadences(
      streams.map((stream, i) => ({
        metrics: stream.metrics,
        cadenceSeconds: stream.cadenceSeconds,
        wantedSeconds: cadenceSecondsOf(CADENCE, watched.has(i), stream.metrics),
        watched: watched.has(i),
      })),
      nowMs,
    );
    for (const [i, stream] of streams.entries()) {
      const cadenceSeconds = planned[i] ?? stream.cadenceSeconds;
      if (cadenceSeconds !== stream.cadenceSeconds && stream.readMs !== null) {
        stream.dueMs = nextDueMs(stream.readMs, cadenceSeconds);
      }
      stream.cadenceSeconds = cadenceSeconds;
      if (stream.dueMs > nowMs) continue;
      if (!budget.reserve(stream.metrics, nowMs)) {
        refused += 1;
        stream.dueMs = nowMs + HOUR_MS;
        continue;
      }
      ask(stream.metrics, nowMs);
      if (random() < day.repeated && budget.reserve(stream.metrics, nowMs))
        ask(stream.metrics, nowMs);
      stream.longestGapMs = Math.max(stream.longestGapMs, nowMs - (stream.readMs ?? nowMs));
      stream.readMs = nowMs;
      stream.reads += 1;
      stream.dueMs = nextDueMs(nowMs, cadenceSeconds);
    }
  }
  return { spentOfDay, streams, refused };
}

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const nobody = () => new Set<number>();

describe('a simulated day', () => {
  test('500 streams for $1: spent well, never exceeded, and no stream goes dark', () => {
    const { spentOfDay, streams } = live({
      shardsOf: Array.from({ length: 500 }, (_, i) => (i % 10 === 0 ? 8 : 0)),
      dollars: 1,
      watchedOf: (hour) => (hour >= 8 && hour < 18 ? new Set([1, 2, 3]) : new Set()),
      repeated: 0.01,
      startMs: MIDNIGHT_MS,
      seed: 1,
    });
    const spent = spentOfDay.get(MIDNIGHT_MS / DAY_MS) ?? 0;
    expect(spent).toBeLessThanOrEqual(100_000);
    expect(spent).toBeGreaterThan(80_000);
    // 500 streams of 19 metrics, 50 of them with 56 more: 12,300 a round, so 8 rounds a day, less what the watched ones cost.
    for (const stream of streams) {
      expect(stream.reads).toBeGreaterThanOrEqual(3);
      expect(stream.longestGapMs).toBeLessThanOrEqual(12 * HOUR_MS);
    }
    // Each minute for ten hours or nearly: 600 x 19 metrics are 11 cents each.
    expect(streams[1]?.reads).toBeGreaterThan(500);
  });

  test('a stream of 5,000 shards takes its turn without starving the others', () => {
    const { spentOfDay, streams } = live({
      shardsOf: [5_000, ...Array.from({ length: 20 }, () => 0)],
      dollars: 1,
      watchedOf: nobody,
      repeated: 0,
      startMs: MIDNIGHT_MS,
      seed: 2,
    });
    expect(spentOfDay.get(MIDNIGHT_MS / DAY_MS)).toBeLessThanOrEqual(100_000);
    // One reading is 35,019 metrics, $0.35: two at most.
    expect(streams[0]?.reads).toBeGreaterThanOrEqual(1);
    for (const small of streams.slice(1)) expect(small.reads).toBeGreaterThan(40);
  });

  test('whatever streams, watchers, failures and start: no UTC day costs more than its budget', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 0, max: DAY_MS - 1 }),
        fc.integer(),
        (shardsOf, dollars, repeated, afterMidnightMs, seed) => {
          const { spentOfDay } = live({
            shardsOf,
            dollars,
            repeated,
            seed,
            startMs: MIDNIGHT_MS + afterMidnightMs,
            watchedOf: (hour) =>
              new Set(shardsOf.flatMap((_, i) => ((i + hour) % 3 === 0 ? [i] : []))),
          });
          for (const spent of spentOfDay.values()) {
            expect(spent).toBeLessThanOrEqual(metricsFor(dollars));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
