import { type ArrivalPart, arrivalsOf } from '#lib/domain/consumers/arrival-periods.ts';
import type { Arrivals } from '#lib/domain/consumers/arrivals.ts';
import { tiersOf } from '#lib/domain/roll-up.ts';
import { settledThrough } from '#lib/domain/settled-periods.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { readArrivalFrames } from '#server/db/consumers/arrival-frames.ts';
import { readTopologies } from '#server/db/read/topologies.ts';

/** A preview need not be finer than this many periods. */
const PERIODS_MAX = 1_500;

/**
 * What arrived at a stream's shards since an instant, in the shortest periods that reach so far back: for a preview. The
 * long period that is not over yet is not in it.
 */
export async function arrivalsSince(
  database: Database,
  { metrics }: Pick<Connection, 'metrics'>,
  streamId: number,
  window: { readonly fromMs: number; readonly nowMs: number },
): Promise<Arrivals> {
  const { fromMs, nowMs } = window;
  const tiers = tiersOf(metrics.periodSeconds);
  const tier =
    tiers.find(
      ({ periodSeconds, keepMs }) =>
        keepMs >= nowMs - fromMs && (nowMs - fromMs) / 1000 / periodSeconds <= PERIODS_MAX,
    ) ?? tiers.at(-1);
  if (tier === undefined) return arrivalsOf([]);
  const { periodSeconds } = tier;
  const frames = await readArrivalFrames(database, {
    streamId,
    periodSeconds,
    fromMs: fromMs - periodSeconds * 1000,
    toMs: nowMs,
    afterSeq: null,
  });
  const topologies = await readTopologies(database, [
    ...new Set(frames.map(({ topologyId }) => topologyId)),
  ]);
  const columns = new Map(
    topologies.map(({ topologyId, shards }) => [
      topologyId,
      shards
        .filter(({ endingSequenceNumber }) => endingSequenceNumber === null)
        .map(({ shardId }) => shardId),
    ]),
  );
  const settledMs = settledThrough(nowMs, metrics);
  const parts = frames.flatMap((frame): readonly ArrivalPart[] => {
    const shardIds = columns.get(frame.topologyId);
    // Without figures by shard nothing can be said of one.
    if (shardIds?.length !== frame.shardRecords.length) return [];
    const endMs = frame.periodStartMs + periodSeconds * 1000;
    return [
      {
        startMs: frame.periodStartMs,
        endMs,
        isSettled: endMs <= settledMs,
        shardIds,
        records: frame.shardRecords,
        bytes: frame.shardBytes,
      },
    ];
  });
  return arrivalsOf(parts);
}
