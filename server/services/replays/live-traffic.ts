import { type Frame, streamValue } from '#lib/domain/frame.ts';
import { parseHashKey } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import { capOfShard, liveRates, type Rates } from '#lib/domain/replay/emit/caps.ts';
import type { ReplayTarget } from '#lib/domain/replay/settings.ts';
import type { LayoutShard } from '#lib/domain/reshard/layout.ts';
import { type Settling, settledThrough } from '#lib/domain/settled-periods.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { ShardMetric } from '#lib/domain/shard-metric.ts';
import { type ShardFigures, shardFigures } from '#lib/domain/throughput.ts';
import type { Database } from '#server/db/client.ts';
import { readCurrentStreamByName } from '#server/db/read/current-streams.ts';
import { readFramesBetween } from '#server/db/read/frames-between.ts';
import { readTopologies } from '#server/db/read/topologies.ts';
import { readSent } from '#server/db/replay/sent-write.ts';
import type { StoredShard } from '#server/db/schema.ts';

/** What others write to an open shard, and how many of their records it refused in the period. */
type LiveShard = {
  /** Null: not known. */
  readonly rates: Rates | null;
  readonly refusedRecords: number;
};

export type LiveTraffic = {
  readonly streamId: number;
  /** The period that was measured, its end not included; epoch milliseconds. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly shards: ReadonlyMap<ShardId, LiveShard>;
};

/** Of a figure that is older, nobody knows whether it still holds. Twice what AWS takes to settle a period of a minute. */
const OLDEST_MS = 300_000;

/**
 * What others write to each shard of a stream, from our own frames: the newest period of which CloudWatch has all, less
 * what replays wrote in it. No datapoint in such a period is no traffic.
 *
 * Where shard-level metrics are off, all that is written to the stream may go to any of its shards, so each is taken to
 * have all of it; where that leaves nothing free, it is not known. A shard that was not there in the period has what was
 * written to those that had its hash keys.
 * @returns null where nothing is known of the stream
 */
export async function readLiveTraffic(
  database: Database,
  target: ReplayTarget,
  shards: readonly LayoutShard[],
  settling: Settling,
  nowMs: number,
): Promise<LiveTraffic | null> {
  const current = await readCurrentStreamByName(database, target.connection, target.streamName);
  const stream = current?.stream;
  if (stream?.arn !== target.streamArn || stream.createdAtMs !== target.createdAtMs) return null;
  const untilMs = settledThrough(nowMs, settling);
  const window = {
    streamId: stream.id,
    periodSeconds: settling.periodSeconds,
    fromMs: untilMs - OLDEST_MS,
    toMs: untilMs,
  };
  const frames = await readFramesBetween(database, window);
  const fromMs = frames.at(-1)?.periodStartMs;
  if (fromMs === undefined) return null;
  const newest = frames.filter((frame) => frame.periodStartMs === fromMs);
  const periodMs = settling.periodSeconds * 1_000;
  const ours = await readSent(database, target.streamArn, fromMs, fromMs + periodMs);
  // What is not collected by the shard has no datapoints either.
  const isByShard = WRITE_METRICS.every((metric) => stream.shardMetrics.includes(metric));
  const measured = isByShard ? await measureShards(database, newest) : [];
  const byShard =
    measured.length > 0
      ? (shard: LayoutShard) => ofShard(shard, measured, ours, settling.periodSeconds)
      : ofStream(newest, ours, settling.periodSeconds);
  return {
    streamId: stream.id,
    fromMs,
    untilMs: fromMs + periodMs,
    shards: new Map(shards.map((shard) => [shard.shardId, byShard(shard)])),
  };
}

const WRITE_METRICS: readonly ShardMetric[] = ['IncomingBytes', 'IncomingRecords'];

type Ours = ReadonlyMap<
  string,
  { readonly bytes: number; readonly records: number; readonly throttled: number }
>;
type Measured = {
  readonly shardId: ShardId;
  readonly range: HashRange;
  readonly figures: ShardFigures;
};

/** Empty where shard-level metrics are off. */
async function measureShards(
  database: Database,
  frames: readonly Frame[],
): Promise<readonly Measured[]> {
  const detailed = frames.filter(({ shards }) => shards.length > 0);
  const topologies = await readTopologies(
    database,
    detailed.map(({ topologyId }) => topologyId),
  );
  const openOf = new Map(topologies.map(({ topologyId, shards }) => [topologyId, shards]));
  return detailed.flatMap((frame) =>
    (openOf.get(frame.topologyId) ?? []).flatMap((shard, place) => {
      const range = shard.endingSequenceNumber === null ? rangeOf(shard) : null;
      return range === null
        ? []
        : [{ shardId: shard.shardId, range, figures: shardFigures(frame, place) }];
    }),
  );
}

function ofShard(
  { shardId, range }: LayoutShard,
  measured: readonly Measured[],
  ours: Ours,
  seconds: number,
): LiveShard {
  const same = measured.filter((shard) => shard.shardId === shardId);
  const relevant =
    same.length > 0
      ? same
      : measured.filter(
          (shard) => shard.range.start <= range.end && range.start <= shard.range.end,
        );
  if (relevant.length === 0) return { rates: null, refusedRecords: 0 };
  const live = relevant.map((shard) => {
    const own = ours.get(shard.shardId);
    const rates = liveRates(
      {
        bytesPerSecond: orNone(shard.figures.writeBytesPerSecond),
        recordsPerSecond: orNone(shard.figures.writeRecordsPerSecond),
      },
      {
        bytesPerSecond: (own?.bytes ?? 0) / seconds,
        recordsPerSecond: (own?.records ?? 0) / seconds,
      },
    );
    const refused = orNone(shard.figures.writeThrottledRecords) - (own?.throttled ?? 0);
    return { rates, refused: Math.max(0, refused) };
  });
  return {
    rates: live.reduce<Rates>((sum, { rates }) => added(sum, rates ?? NOTHING), NOTHING),
    refusedRecords: live.reduce((sum, { refused }) => sum + refused, 0),
  };
}

function ofStream(
  frames: readonly Frame[],
  ours: Ours,
  seconds: number,
): (shard: LayoutShard) => LiveShard {
  const sum = (metric: 'IncomingBytes' | 'IncomingRecords') =>
    frames.reduce((all, frame) => all + orNone(streamValue(frame, metric)), 0) / seconds;
  const own = [...ours.values()].reduce(
    (all, { bytes, records }) => ({
      bytesPerSecond: all.bytesPerSecond + bytes / seconds,
      recordsPerSecond: all.recordsPerSecond + records / seconds,
    }),
    NOTHING,
  );
  const live = liveRates(
    { bytesPerSecond: sum('IncomingBytes'), recordsPerSecond: sum('IncomingRecords') },
    own,
  );
  const cap = capOfShard(live, 1, null);
  const isSaid = cap.bytesPerSecond > 0 && cap.recordsPerSecond > 0;
  return () => ({ rates: isSaid ? live : null, refusedRecords: 0 });
}

const NOTHING: Rates = { bytesPerSecond: 0, recordsPerSecond: 0 };

function added(a: Rates, b: Rates): Rates {
  return {
    bytesPerSecond: a.bytesPerSecond + b.bytesPerSecond,
    recordsPerSecond: a.recordsPerSecond + b.recordsPerSecond,
  };
}

/** The period is settled: what has no datapoint did not happen. */
function orNone(figure: number): number {
  return Number.isNaN(figure) ? 0 : figure;
}

function rangeOf({ startingHashKey, endingHashKey }: StoredShard): HashRange | null {
  const [start, end] = [parseHashKey(startingHashKey), parseHashKey(endingHashKey)];
  return start === null || end === null ? null : { start, end };
}
