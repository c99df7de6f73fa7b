import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { DailyBudget } from '#lib/domain/cost/daily-budget.ts';
import type { MetricSeries, MetricWindow } from '#lib/domain/metric-series.ts';
import { addToLedger } from '#server/db/spending/add-to-ledger.ts';
import type { Collection } from './collection.ts';
import { readStreams, seriesCount } from './read-streams.ts';
import type { TrackedStream } from './tracked-stream.ts';
import type { StreamWithReading } from './write-readings.ts';

export type PaidReadings = {
  readonly readings: readonly StreamWithReading[];
  /** Streams for which the day's money does not suffice. */
  readonly unpaid: readonly TrackedStream[];
};

/**
 * Reads those of `asked` that the budget has money for: watched ones first, then those that were read longest ago.
 * What a reading costs is in the ledger before anything is asked for, so that nothing is spent unseen though we are
 * killed on the way; afterwards it is set right by what was really asked for.
 * @param shareOfLeft of what is left of the day's money, how much these readings may take, 0 .. 1
 * @throws AwsFailure
 */
export async function readPaid(
  collection: Collection,
  asked: readonly TrackedStream[],
  window: MetricWindow,
  signal: AbortSignal,
  shareOfLeft = 1,
): Promise<PaidReadings> {
  const { aws, budget, streamMetrics } = collection;
  const atMs = collection.nowMs();
  const costOf = (stream: TrackedStream) => seriesCount(stream, streamMetrics, window);
  const paid = budget === null ? asked : reserve(budget, asked, costOf, atMs, shareOfLeft);
  if (paid.length === 0) return { readings: [], unpaid: asked };
  const reserved = new Map(
    paid.map((stream) => [stream, budget === null ? 0 : costOf(stream)] as const),
  );
  await book(collection, atMs, reserved);

  const requested = new Map(paid.map((stream) => [stream.summary.streamName, 0]));
  let unused = sum(reserved.values());
  const onAsked = async (series: readonly MetricSeries[]) => {
    const more = budget === null ? 0 : Math.max(0, series.length - unused);
    unused = Math.max(0, unused - series.length);
    if (budget !== null && more > 0) {
      payAgain(budget, more, atMs);
      await bookAgain(collection, atMs, reserved, series);
    }
    for (const { streamName } of series) {
      requested.set(streamName, (requested.get(streamName) ?? 0) + 1);
    }
  };
  try {
    const readings = await readStreams(aws, paid, streamMetrics, window, signal, onAsked);
    return {
      readings: paid.flatMap((stream, i) => {
        const reading = readings[i];
        return reading === undefined ? [] : [{ stream, reading }];
      }),
      unpaid: asked.filter((stream) => !reserved.has(stream)),
    };
  } finally {
    budget?.release(unused, atMs);
    const owed = new Map(
      [...reserved].map(([stream, booked]) => [
        stream,
        (requested.get(stream.summary.streamName) ?? 0) - booked,
      ]),
    );
    await book(collection, atMs, owed);
  }
}

function reserve(
  budget: DailyBudget,
  asked: readonly TrackedStream[],
  costOf: (stream: TrackedStream) => number,
  atMs: number,
  shareOfLeft: number,
): readonly TrackedStream[] {
  let allowed = budget.left(atMs) * shareOfLeft;
  const turn = asked.toSorted(
    (a, b) =>
      Number(b.watched) - Number(a.watched) || (a.metricsReadAtMs ?? 0) - (b.metricsReadAtMs ?? 0),
  );
  return turn.filter((stream) => {
    const cost = costOf(stream);
    if (cost > allowed || !budget.reserve(cost, atMs)) return false;
    allowed -= cost;
    return true;
  });
}

/** A request is paid out of what was reserved; one that has to be sent again, out of the day's money. */
function payAgain(budget: DailyBudget, metrics: number, atMs: number): void {
  if (budget.reserve(metrics, atMs)) return;
  throw new AwsFailure(
    'limit-exceeded',
    'cloudwatch:GetMetricData',
    'A request would have to be repeated, but the money that watching may cost on this day (UTC) is used up. Reading goes on after midnight UTC; `budgetDollarsPerDay` in kinetoscope.config.yaml allows more.',
  );
}

/** What is sent again stands in the ledger before it is sent, too; with the whole of the request, which is set right afterwards. */
async function bookAgain(
  collection: Collection,
  atMs: number,
  reserved: Map<TrackedStream, number>,
  series: readonly MetricSeries[],
): Promise<void> {
  const names = Map.groupBy(series, ({ streamName }) => streamName);
  const again = new Map(
    [...reserved.keys()].map((stream) => [
      stream,
      names.get(stream.summary.streamName)?.length ?? 0,
    ]),
  );
  await book(collection, atMs, again);
  for (const [stream, metrics] of again)
    reserved.set(stream, (reserved.get(stream) ?? 0) + metrics);
}

async function book(
  collection: Collection,
  atMs: number,
  metricsOf: ReadonlyMap<TrackedStream, number>,
): Promise<void> {
  const entries = [...metricsOf]
    .filter(([, metrics]) => metrics !== 0)
    .map(([{ streamId, summary }, metrics]) => ({
      streamId,
      streamName: summary.streamName,
      metrics,
    }));
  if (entries.length === 0) return;
  await collection.write((tx) => addToLedger(tx, collection.connection.name, atMs, entries));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
