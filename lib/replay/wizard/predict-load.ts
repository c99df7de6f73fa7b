import { parseHashKey } from '#lib/domain/hash-key.ts';
import { type HashRange, rangeShare } from '#lib/domain/hash-range.ts';
import { hashPartitionKey, placeOfKey } from '#lib/domain/key-lookup.ts';
import type { SampleView } from '#lib/replay/view/archive-sample.ts';
import type { TargetShardView } from '#lib/replay/view/target.ts';
import type { WindowTotals } from './timeline-bars.ts';

/** What a replay would send, as far as a sample of some objects tells, before any plan is made. */
export type PredictedLoad = {
  readonly records: number;
  /** Data and keys. */
  readonly bytes: number;
  /** By place of the target's shards. */
  readonly shards: readonly { readonly records: number; readonly bytes: number }[];
  readonly hottestKey: { readonly partitionKey: string; readonly records: number } | null;
};

/**
 * Scales the sample up by stored bytes. Where its records go is told by their largest key alone, whose records go to one
 * shard; all others are taken as evenly spread over the ring. A plan looks at each record.
 * @returns null where the sample shows nothing that would be sent
 */
export function predictLoad(
  sample: Pick<SampleView, 'objects' | 'totals' | 'keys'>,
  within: Pick<WindowTotals, 'bytes'>,
  shards: readonly TargetShardView[],
): PredictedLoad | null {
  const readBytes = sample.objects.reduce((sum, object) => sum + object.readBytes, 0);
  const { kept, keptBytes } = sample.totals;
  if (readBytes === 0 || kept === 0) return null;
  const scale = within.bytes / readBytes;
  const records = kept * scale;
  const bytes = keptBytes * scale;
  const { largest } = sample.keys;
  const ranges = rangesOf(shards);
  const hashed = largest === null ? null : hashPartitionKey(largest.partitionKey);
  const hot = hashed?.ok ? placeOfKey(ranges, hashed.hashKey) : null;
  const hotShare = hot === null || largest === null ? 0 : largest.share;
  return {
    records,
    bytes,
    shards: ranges.map((range, place) => {
      const share = rangeShare(range) * (1 - hotShare) + (place === hot ? hotShare : 0);
      return { records: records * share, bytes: bytes * share };
    }),
    hottestKey:
      largest === null
        ? null
        : { partitionKey: largest.partitionKey, records: largest.share * records },
  };
}

/** @throws RangeError where the server sent no hash keys */
export function rangesOf(
  shards: readonly Pick<TargetShardView, 'start' | 'end'>[],
): readonly HashRange[] {
  return shards.map(({ start, end }) => ({ start: hashKeyOf(start), end: hashKeyOf(end) }));
}

function hashKeyOf(text: string) {
  const key = parseHashKey(text);
  if (key === null) throw new RangeError(`“${text}” is no hash key`);
  return key;
}
