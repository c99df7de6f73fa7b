import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { ConsumerMetric } from '#lib/domain/consumers/managed-consumers.ts';
import type { MetricWindow } from '#lib/domain/metric-series.ts';
import type { Collection } from '#server/collector/collection.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import { addToLedger } from '#server/db/spending/add-to-ledger.ts';

export type MetricOfStream = { readonly stream: TrackedStream; readonly metric: ConsumerMetric };

/**
 * Reads metrics of consumers within the day's money. What it costs stands in the ledger, under the streams that the
 * consumers read, before anything is asked for.
 * @returns null where the day's money does not suffice
 * @throws AwsFailure
 */
export async function readPaidMetrics(
  collection: Collection,
  asked: readonly MetricOfStream[],
  window: MetricWindow,
  signal: AbortSignal,
): Promise<readonly Float32Array[] | null> {
  const { aws, budget } = collection;
  const atMs = collection.nowMs();
  if (budget !== null && !budget.reserve(asked.length, atMs)) return null;
  await book(collection, atMs, asked, 1);
  let sent = 0;
  try {
    return await aws.consumers.getMetrics(
      asked.map(({ metric }) => metric),
      window,
      signal,
      async (metrics) => {
        sent += metrics;
        if (sent <= asked.length) return;
        // It is sent again: charged again, too.
        if (budget !== null && !budget.reserve(metrics, atMs)) throw usedUp();
        await book(collection, atMs, asked.slice(0, metrics), 1);
      },
    );
  } finally {
    // Nothing left us: nothing is charged.
    if (sent === 0) {
      budget?.release(asked.length, atMs);
      await book(collection, atMs, asked, -1);
    }
  }
}

async function book(
  { connection, write }: Collection,
  atMs: number,
  asked: readonly MetricOfStream[],
  sign: 1 | -1,
): Promise<void> {
  const byStream = Map.groupBy(asked, ({ stream }) => stream);
  const entries = [...byStream].map(([{ streamId, summary }, metrics]) => ({
    streamId,
    streamName: summary.streamName,
    metrics: sign * metrics.length,
  }));
  await write((tx) => addToLedger(tx, connection.name, atMs, entries));
}

function usedUp(): AwsFailure {
  return new AwsFailure(
    'limit-exceeded',
    'cloudwatch:GetMetricData',
    'A request for metrics of consumers would have to be repeated, but the money that watching may cost on this day (UTC) is used up. Reading goes on after midnight UTC; `budgetDollarsPerDay` in kinetoscope.config.yaml allows more.',
  );
}
