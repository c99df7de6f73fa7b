import { type BindingLimit, bindingLimit, type UsePoint } from '#lib/domain/binding-limit.ts';
import { combine, shardValueIndex } from '#lib/domain/frame.ts';
import { combineStreamValues } from '#lib/domain/roll-up.ts';
import { SHARD_METRICS, type ShardMetric, statisticOf } from '#lib/domain/shard-metric.ts';
import { streamFigures } from '#lib/domain/stream-figures.ts';
import { figuresOfSums, type ShardUse, shardUse } from '#lib/domain/throughput.ts';
import {
  type HistoryWindow,
  readPickedValues,
  readStreamValues,
} from '#server/db/read/history-frames.ts';
import { readHistoryTiers, type StoredTier } from '#server/db/read/history-tiers.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

/** Periods that are looked at first: most runs are short, or there is none. Each further step is twice as long. */
const FIRST_PERIODS = 60;
const STEP_PERIODS_MAX = 960;

/**
 * Shard values that PostgreSQL goes through for one shard, as a frame holds all of them: of 10,000 shards nearly 600
 * periods, some 160 MB. Where a run is longer, it has lasted "at least" as long.
 */
const VALUES_MAX = 40_000_000;

type Context = Pick<ServiceContext, 'database' | 'topologies'>;

type BindingInput = {
  readonly streamId: number;
  /** null for the stream as a whole: all of its shards together against all their limits. */
  readonly shardId: string | null;
};

/**
 * Which limit binds a shard or a stream in its newest period, and since when without a break, as far as anything is
 * recorded: the past is read step by step, in the shortest periods that are kept of it.
 * @returns null where no limit binds
 */
export async function getBindingLimit(args: {
  readonly ctx: Context;
  readonly input: BindingInput;
}): Promise<BindingLimit | null> {
  const { ctx, input } = args;
  const tiers = await readHistoryTiers(ctx.database, input.streamId);
  let points: readonly UsePoint[] = [];
  let binding: BindingLimit | null = null;
  let valuesLeft = VALUES_MAX;
  for (const step of stepsBack(tiers)) {
    const earlier = await readPoints(ctx, input, step);
    points = [...earlier.points, ...points];
    binding = bindingLimit(points);
    valuesLeft -= earlier.valueCount;
    // Something ended the run, or it begins with what was read: only then may it reach further back.
    const reachesBack = binding?.atLeast === true && binding.sinceMs === points[0]?.periodStartMs;
    if (!reachesBack || valuesLeft <= 0) break;
  }
  return binding;
}

type Step = Omit<HistoryWindow, 'streamId'>;

type StreamPart = { readonly openShardCount: number; readonly values: Float32Array };

/** What to read after what: each step ends where the one before it begins. */
export function stepsBack(tiers: readonly StoredTier[]): readonly Step[] {
  const base = tiers[0];
  if (base === undefined) return [];
  const steps: Step[] = [];
  let beforeMs = base.newestStartMs + base.periodSeconds * 1_000;
  let periods = FIRST_PERIODS;
  for (const { periodSeconds, oldestStartMs } of tiers) {
    const periodMs = periodSeconds * 1_000;
    // A longer period that reaches beyond is known in shorter ones already, in part: it would count twice.
    let endMs = Math.floor(beforeMs / periodMs) * periodMs;
    while (oldestStartMs < endMs) {
      const fromMs = Math.max(oldestStartMs, endMs - periods * periodMs);
      steps.push({ periodSeconds, fromMs, toMs: endMs });
      periods = Math.min(STEP_PERIODS_MAX, periods * 2);
      endMs = fromMs;
      beforeMs = fromMs;
    }
  }
  return steps;
}

async function readPoints(
  ctx: Context,
  { streamId, shardId }: BindingInput,
  step: Step,
): Promise<{ readonly points: readonly UsePoint[]; readonly valueCount: number }> {
  const window = { streamId, ...step };
  const stream = await readStreamValues(ctx.database, window);
  if (shardId === null) {
    const points = periodsOf(stream).map((parts) => ({
      periodStartMs: parts[0].periodStartMs,
      periodSeconds: step.periodSeconds,
      use: useOfStream(
        combineStreamValues(parts.map(({ values }) => values)),
        openShardCountAtEnd(parts),
        step.periodSeconds,
      ),
    }));
    return { points, valueCount: 0 };
  }
  const topologies = await ctx.topologies.get(
    ctx.database,
    stream.map(({ topologyId }) => topologyId),
  );
  const indexes = new Map<number, readonly number[]>();
  for (const [topologyId, { view }] of topologies) {
    const place = view.open.findIndex((shard) => shard.shardId === shardId);
    if (place < 0) continue;
    indexes.set(
      topologyId,
      SHARD_METRICS.map((metric) => shardValueIndex(metric, place, view.open.length)),
    );
  }
  const picked = await readPickedValues(ctx.database, window, indexes);
  const known = picked
    .filter(({ values }) => values.length === SHARD_METRICS.length)
    .sort((a, b) => a.periodStartMs - b.periodStartMs);
  const points = periodsOf(known).map((parts) => ({
    periodStartMs: parts[0].periodStartMs,
    periodSeconds: step.periodSeconds,
    use: shardUse(figuresOfSums((metric) => together(metric, parts), step.periodSeconds)),
  }));
  const shardCount = stream.reduce((sum, { openShardCount }) => sum + openShardCount, 0);
  return { points, valueCount: shardCount * SHARD_METRICS.length };
}

/** What is of one period: a longer one in which the topology changed is stored in parts, each of a part of the time. */
function periodsOf<T extends { readonly periodStartMs: number }>(
  ascending: readonly T[],
): readonly (readonly [T, ...T[]])[] {
  const periods: [T, ...T[]][] = [];
  for (const part of ascending) {
    const last = periods.at(-1);
    if (last?.[0].periodStartMs === part.periodStartMs) last.push(part);
    else periods.push([part]);
  }
  return periods;
}

function together(
  metric: ShardMetric,
  parts: readonly { readonly values: ArrayLike<number> }[],
): number {
  return parts.reduce(
    (whole, { values }) =>
      combine(statisticOf(metric), whole, values[SHARD_METRICS.indexOf(metric)] ?? Number.NaN),
    Number.NaN,
  );
}

/** A part without values of the stream's own holds what its shards did before or after it was in force. */
function openShardCountAtEnd(parts: readonly [StreamPart, ...StreamPart[]]): number {
  const inForce = parts.findLast(({ values }) => !values.every(Number.isNaN)) ?? parts[0];
  return inForce.openShardCount;
}

function useOfStream(values: Float32Array, openShardCount: number, seconds: number): ShardUse {
  const figures = streamFigures(values, seconds);
  const each = (value: number) => value / openShardCount;
  // As if all shards shared the load alike: the mean shard's use is the stream's.
  return shardUse({
    writeBytesPerSecond: each(figures.incomingBytesPerSecond),
    writeRecordsPerSecond: each(figures.incomingRecordsPerSecond),
    readBytesPerSecond: each(figures.outgoingBytesPerSecond),
    readRecordsPerSecond: each(figures.outgoingRecordsPerSecond),
    writeThrottledRecords: figures.writeThrottledRecords,
    readThrottledCalls: figures.readThrottledCalls,
    iteratorAgeMs: figures.iteratorAgeMs,
  });
}
