import { type ArrivalPart, arrivalsOf } from '#lib/domain/consumers/arrival-periods.ts';
import type { Arrivals } from '#lib/domain/consumers/arrivals.ts';
import { periodStart } from '#lib/domain/roll-up.ts';
import { settledThrough } from '#lib/domain/settled-periods.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Collection } from '#server/collector/collection.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import { type ArrivalFrame, readArrivalFrames } from '#server/db/consumers/arrival-frames.ts';
import { readTopologies } from '#server/db/read/topologies.ts';

/** Of this last time arrivals are remembered by the finest periods; of what lies before it, by longer ones. */
const FINE_MS = 2 * 3_600_000;

/** Long periods are read again this often: one of them ends. */
const COARSE_EVERY_MS = 5 * 60_000;

const HOUR_SECONDS = 3_600;

type Fine = Map<string, ArrivalFrame>;

type Remembered = {
  readonly fine: Fine;
  fineSeq: number;
  coarse: readonly { readonly frame: ArrivalFrame; readonly periodSeconds: number }[];
  coarseFromMs: number;
  coarseReadAtMs: number;
  /** What was made of them, for all who read the stream. */
  made: { readonly key: string; readonly arrivals: Arrivals } | null;
};

/** What arrived at the shards of streams, from the frames that are stored: never asks AWS. */
export type KnownArrivals = {
  /** @param sinceMs how far back anybody who reads the stream may be */
  of(stream: TrackedStream, sinceMs: number): Promise<Arrivals>;
};

export function openKnownArrivals(
  collection: Pick<Collection, 'database' | 'connection' | 'tiers' | 'streams' | 'nowMs'>,
): KnownArrivals {
  const { database, connection, tiers } = collection;
  const { periodSeconds } = connection.metrics;
  const remembered = new Map<number, Remembered>();
  const openShardIds = new Map<number, readonly ShardId[]>();

  async function readFine(stream: TrackedStream, of: Remembered, fromMs: number, nowMs: number) {
    const frames = await readArrivalFrames(database, {
      streamId: stream.streamId,
      periodSeconds,
      fromMs,
      toMs: nowMs,
      afterSeq: of.fineSeq === -1 ? null : of.fineSeq,
    });
    for (const frame of frames) {
      of.fine.set(`${frame.periodStartMs}/${frame.topologyId}`, frame);
      of.fineSeq = Math.max(of.fineSeq, frame.seq);
    }
    for (const [key, frame] of of.fine) if (frame.periodStartMs < fromMs) of.fine.delete(key);
  }

  /** Each tier for the time in which it is the finest that is kept. */
  async function readCoarse(
    stream: TrackedStream,
    of: Remembered,
    fromMs: number,
    untilMs: number,
  ) {
    const found: { frame: ArrivalFrame; periodSeconds: number }[] = [];
    let toMs = untilMs;
    for (const tier of tiers.filter((one) => one.periodSeconds > periodSeconds)) {
      const startMs = Math.max(
        periodStart(fromMs, HOUR_SECONDS),
        periodStart(collection.nowMs() - tier.keepMs, HOUR_SECONDS) + HOUR_SECONDS * 1000,
      );
      // A thousand periods of every shard are enough to add up: what is older, by longer ones.
      const finestMs = periodStart(toMs - 1_000 * tier.periodSeconds * 1000, HOUR_SECONDS);
      const firstMs = Math.max(startMs, finestMs);
      if (firstMs >= toMs) continue;
      const frames = await readArrivalFrames(database, {
        streamId: stream.streamId,
        periodSeconds: tier.periodSeconds,
        fromMs: firstMs,
        toMs,
        afterSeq: null,
      });
      found.push(...frames.map((frame) => ({ frame, periodSeconds: tier.periodSeconds })));
      toMs = firstMs;
    }
    of.coarse = found;
    of.coarseFromMs = fromMs;
    of.coarseReadAtMs = performance.now();
  }

  async function nameColumns(stream: TrackedStream, topologyIds: Iterable<number>) {
    for (const { topologyId, openShardIds: ids } of stream.topologies) {
      openShardIds.set(topologyId, ids);
    }
    const missing = [...new Set(topologyIds)].filter((id) => !openShardIds.has(id));
    for (const { topologyId, shards } of await readTopologies(database, missing)) {
      const open = shards.filter(({ endingSequenceNumber }) => endingSequenceNumber === null);
      openShardIds.set(
        topologyId,
        open.map(({ shardId }) => shardId),
      );
    }
  }

  function toPart(stream: TrackedStream, frame: ArrivalFrame, seconds: number): ArrivalPart | null {
    const endMs = frame.periodStartMs + seconds * 1000;
    const isSettled = endMs <= settledThrough(collection.nowMs(), connection.metrics);
    const time = { startMs: frame.periodStartMs, endMs, isSettled };
    // A metric that is off has no datapoint, which must not look like silence.
    const countsRecords = stream.summary.shardMetrics.includes('IncomingRecords');
    const shardIds = openShardIds.get(frame.topologyId);
    if (frame.shardRecords.length > 0 && countsRecords) {
      if (shardIds?.length !== frame.shardRecords.length) return null;
      return { ...time, shardIds, records: frame.shardRecords, bytes: frame.shardBytes };
    }
    return {
      ...time,
      shardIds: null,
      records: Float32Array.of(frame.streamRecords),
      bytes: Float32Array.of(frame.streamBytes),
    };
  }

  return {
    async of(stream, sinceMs) {
      for (const id of remembered.keys()) if (!collection.streams.has(id)) remembered.delete(id);
      const nowMs = collection.nowMs();
      const known = remembered.get(stream.streamId) ?? nothing();
      remembered.set(stream.streamId, known);
      const fineFromMs = periodStart(nowMs - FINE_MS, HOUR_SECONDS);
      await readFine(stream, known, fineFromMs, nowMs);
      // Several read a stream, each from another place: what one of them needs is kept for a while.
      const isOld = performance.now() - known.coarseReadAtMs > COARSE_EVERY_MS;
      if (sinceMs < fineFromMs) {
        if (isOld || sinceMs < known.coarseFromMs) {
          await readCoarse(stream, known, sinceMs, fineFromMs);
        }
      } else if (isOld) {
        known.coarse = [];
        known.coarseFromMs = Number.POSITIVE_INFINITY;
      }
      // A period settles by itself, without any frame being written.
      const settledMs = settledThrough(nowMs, connection.metrics);
      const key = `${known.fineSeq}/${known.fine.size}/${known.coarseReadAtMs}/${known.coarse.length}/${settledMs}`;
      if (known.made?.key === key) return known.made.arrivals;
      const frames = [
        ...known.coarse,
        ...[...known.fine.values()].map((frame) => ({ frame, periodSeconds })),
      ];
      await nameColumns(
        stream,
        frames.map(({ frame }) => frame.topologyId),
      );
      const parts = frames.flatMap(
        ({ frame, periodSeconds: seconds }) => toPart(stream, frame, seconds) ?? [],
      );
      const arrivals = arrivalsOf(parts);
      known.made = { key, arrivals };
      return arrivals;
    },
  };
}

function nothing(): Remembered {
  return {
    fine: new Map(),
    fineSeq: -1,
    coarse: [],
    coarseFromMs: Number.POSITIVE_INFINITY,
    coarseReadAtMs: Number.NEGATIVE_INFINITY,
    made: null,
  };
}
