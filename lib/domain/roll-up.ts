import type { FrameDraft } from './align-frames.ts';
import { combine } from './frame.ts';
import { SHARD_METRICS, STREAM_METRICS, type Statistic, statisticOf } from './shard-metric.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Frames of one length of period, and how long they are kept. */
export type Tier = { readonly periodSeconds: number; readonly keepMs: number };

/** A base period under a minute is kept for as long as somebody may look at it as it happens. */
const SHORT_BASE_KEEP_MS = 3 * HOUR_MS;

const LONG_TIERS: readonly Tier[] = [
  { periodSeconds: 60, keepMs: 48 * HOUR_MS },
  { periodSeconds: 300, keepMs: 14 * DAY_MS },
  // Seven days of 300 s are more points than a chart has room for, and of 3,600 s too few.
  { periodSeconds: 900, keepMs: 30 * DAY_MS },
  { periodSeconds: 3_600, keepMs: 400 * DAY_MS },
];

/**
 * The tiers that frames of `basePeriodSeconds` go through as they age, finest first; the base is the first.
 * Each period is a multiple of the one before it.
 */
export function tiersOf(basePeriodSeconds: number): readonly Tier[] {
  const same = LONG_TIERS.find((tier) => tier.periodSeconds === basePeriodSeconds);
  const coarser = LONG_TIERS.filter(
    (tier) =>
      tier.periodSeconds > basePeriodSeconds && tier.periodSeconds % basePeriodSeconds === 0,
  );
  return [same ?? { periodSeconds: basePeriodSeconds, keepMs: SHORT_BASE_KEEP_MS }, ...coarser];
}

/** Start of the period of `periodSeconds` that `atMs` lies in. */
export function periodStart(atMs: number, periodSeconds: number): number {
  const periodMs = periodSeconds * 1000;
  return Math.floor(atMs / periodMs) * periodMs;
}

/**
 * Frames of one stream in longer periods: one for each period and topology. Sums add up, iterator age takes
 * the maximum, and an unknown figure gives way to a known one.
 */
export function rollUp(
  frames: readonly FrameDraft[],
  periodSeconds: number,
): readonly FrameDraft[] {
  const rolled = new Map<string, FrameDraft>();
  for (const frame of frames) {
    const periodStartMs = periodStart(frame.periodStartMs, periodSeconds);
    const key = `${periodStartMs}/${frame.topologyId}`;
    const sofar = rolled.get(key);
    rolled.set(key, {
      periodStartMs,
      periodSeconds,
      topologyId: frame.topologyId,
      stream: combineStreamValues(
        sofar === undefined ? [frame.stream] : [sofar.stream, frame.stream],
      ),
      shards: mergeShards(sofar?.shards, frame.shards),
    });
  }
  return [...rolled.values()];
}

/**
 * A later reading of the same period and topology: it goes before the earlier where it has a figure.
 * Shard values may be missing wholly in one of them, where shard-level metrics were switched in between.
 */
export function renew(earlier: FrameDraft, later: FrameDraft): FrameDraft {
  return {
    ...later,
    stream: overlay(earlier.stream, later.stream),
    shards:
      later.shards.length < earlier.shards.length
        ? earlier.shards
        : overlay(earlier.shards, later.shards),
  };
}

function overlay(earlier: Float32Array, later: Float32Array): Float32Array {
  return later.map((value, i) => (Number.isNaN(value) ? (earlier[i] ?? value) : value));
}

/**
 * Several sets of a stream's values as one: each by its statistic, and a figure goes before an unknown one. A set
 * may be shorter, as one is that was written before a figure was collected.
 */
export function combineStreamValues(parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(STREAM_METRICS, (metric, i) =>
    parts.reduce(
      (whole, part) => combine(statisticOf(metric), whole, part[i] ?? Number.NaN),
      Number.NaN,
    ),
  );
}

function mergeShards(a: Float32Array | undefined, b: Float32Array): Float32Array {
  if (a === undefined || a.length === 0) return b;
  if (b.length === 0) return a;
  return a.map((value, i) => combine(shardStatistic(i, a.length), value, b[i] ?? Number.NaN));
}

function shardStatistic(index: number, length: number): Statistic {
  const shardCount = length / SHARD_METRICS.length;
  return statisticOf(SHARD_METRICS[Math.floor(index / shardCount)] ?? 'IncomingBytes');
}
