import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { Pace } from '#lib/domain/replay/emit/schedule.ts';
import type { ArchiveSample } from './sample.ts';

export type DurationQuestion = {
  /** What will be sent in all. */
  readonly records: number;
  readonly sample: Pick<ArchiveSample, 'records' | 'bytes' | 'shards' | 'hottestKey'>;
  /** What may be written to each predicted shard, and to all together. */
  readonly caps: readonly Rates[];
  readonly total: Rates;
  readonly pace: Pace;
  /** What the archive takes at its own speed, idle gaps shortened; null where its times are not known. */
  readonly playMs: number | null;
  readonly order: ReplayOrder;
  /** From a request to its acknowledgement, as measured on the target. */
  readonly roundTripMs: number;
};

/** What a replay waits for most. `shard`: the place of the one that takes longest. */
type DurationBound =
  | { readonly by: 'shard'; readonly shard: number; readonly limit: 'bytes' | 'records' }
  | { readonly by: 'total'; readonly limit: 'bytes' | 'records' }
  /** A record of a key is sent when the one before was acknowledged. */
  | { readonly by: 'key'; readonly partitionKey: string }
  | { readonly by: 'strict-order' }
  | { readonly by: 'pace' };

export type PredictedDuration = {
  /** Infinity: something may not be written at all. */
  readonly ms: number;
  readonly bound: DurationBound;
};

/**
 * How long a replay takes: as long as whatever holds it up longest, since all of it goes on at the same time. Null
 * where the sample shows nothing that would be sent.
 */
export function predictDuration(question: DurationQuestion): PredictedDuration | null {
  const { sample, records } = question;
  if (sample.records === 0) return null;
  const bytes = (records / sample.records) * sample.bytes;
  const all = [
    ...shardBounds(question),
    bound((bytes / question.total.bytesPerSecond) * 1_000, { by: 'total', limit: 'bytes' }),
    bound((records / question.total.recordsPerSecond) * 1_000, { by: 'total', limit: 'records' }),
    ...orderBounds(question),
    ...paceBounds(question),
  ];
  return all.reduce((longest, next) => (next.ms > longest.ms ? next : longest));
}

function shardBounds({ sample, records, caps }: DurationQuestion): PredictedDuration[] {
  const scale = records / sample.records;
  return sample.shards.flatMap((load, shard) => {
    const cap = caps[shard];
    if (cap === undefined || load.records === 0) return [];
    return [
      bound(((load.bytes * scale) / cap.bytesPerSecond) * 1_000, {
        by: 'shard',
        shard,
        limit: 'bytes',
      }),
      bound(((load.records * scale) / cap.recordsPerSecond) * 1_000, {
        by: 'shard',
        shard,
        limit: 'records',
      }),
    ];
  });
}

function orderBounds({
  order,
  sample,
  records,
  roundTripMs,
}: DurationQuestion): PredictedDuration[] {
  if (order === 'none') return [];
  if (order === 'strict') return [bound(records * roundTripMs, { by: 'strict-order' })];
  if (sample.hottestKey === null) return [];
  const { partitionKey, records: ofKey } = sample.hottestKey;
  const share = ofKey / sample.records;
  return [bound(records * share * roundTripMs, { by: 'key', partitionKey })];
}

function paceBounds({ pace, playMs }: DurationQuestion): PredictedDuration[] {
  if (pace.kind === 'maximum' || playMs === null) return [];
  return [bound(playMs / pace.speed, { by: 'pace' })];
}

function bound(ms: number, by: DurationBound): PredictedDuration {
  return { ms, bound: by };
}
