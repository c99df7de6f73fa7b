import type { ShardId } from '#lib/domain/shard.ts';
import type { Arrivals, ArrivedSince } from './arrivals.ts';

/**
 * What arrived in one period. A period in which the stream was resharded comes in parts, one a topology. NaN: CloudWatch
 * had no datapoint, which is silence once the period is settled.
 */
export type ArrivalPart = {
  /** Epoch milliseconds on AWS's clock. */
  readonly startMs: number;
  readonly endMs: number;
  /** So old that CloudWatch will not change it any more. */
  readonly isSettled: boolean;
  /**
   * Columns of `records` and `bytes`, the same array in all parts of a topology; null where shard-level metrics were off:
   * then there is one column, of the stream.
   */
  readonly shardIds: readonly ShardId[] | null;
  readonly records: Float32Array;
  readonly bytes: Float32Array;
};

/** Parts beside each other in time that have the same columns: a shard's column is looked up once for all of them. */
type Run = {
  readonly columnOf: ReadonlyMap<ShardId, number> | null;
  /** Parts of a period follow each other, and share its index. */
  readonly parts: readonly (ArrivalPart & { readonly period: number })[];
};

/** Sums from each period to the last, worked out when a shard's reader is so far behind that adding up takes long. */
type Sums = {
  readonly records: Float64Array;
  readonly bytes: Float64Array;
  /** End of the first period from this one on that has a record; NaN: none. */
  readonly firstEndMs: Float64Array;
};

/** So many periods are added up as they are; more of them by sums that are kept. */
const ADDED_UP_MAX = 24;

/**
 * Arrivals out of what was counted, in periods of any lengths that do not overlap.
 * @param parts in any order
 */
export function arrivalsOf(parts: readonly ArrivalPart[]): Arrivals {
  const sorted = [...parts].sort((a, b) => a.startMs - b.startMs);
  const [starts, ends, settled, perShard] = [
    [] as number[],
    [] as number[],
    [] as boolean[],
    [] as boolean[],
  ];
  const numbered = sorted.map((part) => {
    if (starts.at(-1) !== part.startMs) {
      starts.push(part.startMs);
      ends.push(part.endMs);
      settled.push(true);
      perShard.push(true);
    }
    const period = starts.length - 1;
    settled[period] = settled[period] === true && part.isSettled;
    perShard[period] = perShard[period] === true && part.shardIds !== null;
    return { ...part, period };
  });
  const runs = runsOf(numbered);
  const settledPeriods = settled.lastIndexOf(true) + 1;
  const known = knownStretches(starts, ends, settled, perShard, settledPeriods);
  const kept = new Map<ShardId, Sums>();

  return {
    since(shardId, fromMs) {
      const first = firstFrom(starts, fromMs);
      const start = starts[first];
      if (start === undefined) return null;
      const sums =
        starts.length - first <= ADDED_UP_MAX
          ? addUp(runs, shardId, first)
          : sumsFrom(keptSums(kept, runs, shardId, starts.length), first);
      const before = first - 1;
      const isWithin = before >= 0 && (ends[before] ?? 0) > fromMs;
      const gapFree = known.gapFreeFrom <= first;
      return {
        ...sums,
        partialRecords:
          isWithin && settled[before] === true ? recordsIn(runs, shardId, before) : null,
        knownFromMs: start,
        knownThroughMs: Math.max(start, known.throughMs),
        // A period that is missing just after the instant is a gap, too.
        isComplete: gapFree && (isWithin || start === fromMs),
        perShard: known.perShardFrom <= first,
      } satisfies ArrivedSince;
    },
  };
}

/** From which period on there is no gap up to the last settled one, and each is known by shard. */
function knownStretches(
  starts: readonly number[],
  ends: readonly number[],
  settled: readonly boolean[],
  perShard: readonly boolean[],
  settledPeriods: number,
): { readonly gapFreeFrom: number; readonly perShardFrom: number; readonly throughMs: number } {
  let gapFreeFrom = Math.max(0, settledPeriods - 1);
  while (
    gapFreeFrom > 0 &&
    settled[gapFreeFrom - 1] === true &&
    ends[gapFreeFrom - 1] === starts[gapFreeFrom]
  ) {
    gapFreeFrom -= 1;
  }
  return {
    gapFreeFrom: settled[gapFreeFrom] === true ? gapFreeFrom : Number.POSITIVE_INFINITY,
    perShardFrom: perShard.lastIndexOf(false) + 1,
    throughMs: ends[settledPeriods - 1] ?? Number.NEGATIVE_INFINITY,
  };
}

/** Index of the first period that starts at `fromMs` or later. */
function firstFrom(starts: readonly number[], fromMs: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) < fromMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function runsOf(parts: Run['parts']): readonly Run[] {
  const columns = new Map<readonly ShardId[], ReadonlyMap<ShardId, number>>();
  const columnsOf = (shardIds: readonly ShardId[]) => {
    const known = columns.get(shardIds);
    if (known !== undefined) return known;
    const made = new Map(shardIds.map((shardId, column) => [shardId, column]));
    columns.set(shardIds, made);
    return made;
  };
  const runs: { columnOf: Run['columnOf']; parts: Run['parts'][number][] }[] = [];
  for (const part of parts) {
    const columnOf = part.shardIds === null ? null : columnsOf(part.shardIds);
    const last = runs.at(-1);
    if (last !== undefined && last.columnOf === columnOf) last.parts.push(part);
    else runs.push({ columnOf, parts: [part] });
  }
  return runs;
}

/** A shard that a topology lacks was not open in it: nothing arrived. */
function columnIn(run: Run, shardId: ShardId): number | undefined {
  return run.columnOf === null ? 0 : run.columnOf.get(shardId);
}

type Summed = Pick<ArrivedSince, 'records' | 'bytes' | 'firstEndMs'>;

function addUp(runs: readonly Run[], shardId: ShardId, first: number): Summed {
  let [records, bytes] = [0, 0];
  let firstEndMs: number | null = null;
  for (let r = runs.length - 1; r >= 0; r -= 1) {
    const run = runs[r];
    if (run === undefined || (run.parts.at(-1)?.period ?? -1) < first) break;
    const column = columnIn(run, shardId);
    if (column === undefined) continue;
    for (let p = run.parts.length - 1; p >= 0; p -= 1) {
      const part = run.parts[p];
      if (part === undefined || part.period < first) break;
      // NaN is not greater than 0.
      const arrived = part.records[column] ?? 0;
      if (!(arrived > 0)) continue;
      records += arrived;
      bytes += part.bytes[column] || 0;
      firstEndMs = part.endMs;
    }
  }
  return { records, bytes, firstEndMs };
}

function recordsIn(runs: readonly Run[], shardId: ShardId, period: number): number {
  let records = 0;
  for (const run of runs) {
    const column = columnIn(run, shardId);
    if (column === undefined || (run.parts.at(-1)?.period ?? -1) < period) continue;
    for (const part of run.parts) {
      if (part.period > period) return records;
      if (part.period === period) records += part.records[column] || 0;
    }
  }
  return records;
}

function keptSums(
  kept: Map<ShardId, Sums>,
  runs: readonly Run[],
  shardId: ShardId,
  periods: number,
): Sums {
  const known = kept.get(shardId);
  if (known !== undefined) return known;
  const records = new Float64Array(periods + 1);
  const bytes = new Float64Array(periods + 1);
  const firstEndMs = new Float64Array(periods + 1).fill(Number.NaN);
  for (const run of runs) {
    const column = columnIn(run, shardId);
    if (column === undefined) continue;
    for (const { period, endMs, records: counts, bytes: sizes } of run.parts) {
      const arrived = counts[column] ?? 0;
      if (!(arrived > 0)) continue;
      records[period] = (records[period] ?? 0) + arrived;
      bytes[period] = (bytes[period] ?? 0) + (sizes[column] || 0);
      firstEndMs[period] = endMs;
    }
  }
  for (let period = periods - 1; period >= 0; period -= 1) {
    records[period] = (records[period] ?? 0) + (records[period + 1] ?? 0);
    bytes[period] = (bytes[period] ?? 0) + (bytes[period + 1] ?? 0);
    if (Number.isNaN(firstEndMs[period])) firstEndMs[period] = firstEndMs[period + 1] ?? Number.NaN;
  }
  const sums = { records, bytes, firstEndMs };
  kept.set(shardId, sums);
  return sums;
}

function sumsFrom({ records, bytes, firstEndMs }: Sums, first: number): Summed {
  const endMs = firstEndMs[first] ?? Number.NaN;
  return {
    records: records[first] ?? 0,
    bytes: bytes[first] ?? 0,
    firstEndMs: Number.isNaN(endMs) ? null : endMs,
  };
}
