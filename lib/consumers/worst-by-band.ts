import { type ConsumerStatus, STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';

/** How far statuses are apart; lag decides within one. Lags stay far below this, in seconds. */
const STEP = 1e9;

const BASE_OF = Object.fromEntries(
  STATUSES_WORST_FIRST.map((status, i) => [status, (STATUSES_WORST_FIRST.length - i) * STEP]),
) as Readonly<Record<ConsumerStatus, number>>;

/** Greater is worse: by status, then by lag. @param atMostSeconds NaN where unknown, which is no better than any lag */
export function lagRank(status: ConsumerStatus, atMostSeconds: number): number {
  const lag = Number.isNaN(atMostSeconds) ? STEP - 1 : Math.min(STEP - 1, atMostSeconds);
  return BASE_OF[status] + lag;
}

/** The bands that a shard lies in: from `first` up to and without `end`. */
export type BandRange = { readonly first: number; readonly end: number };

/** @param bands side by side, in order */
export function bandRange(bands: readonly RingPiece[], piece: RingPiece): BandRange {
  const first = firstReaching(bands, piece.start);
  let end = first;
  while (end < bands.length && (bands[end]?.start ?? 1) < piece.end) end += 1;
  return { first, end };
}

/**
 * Which of many shards each stretch of the ring shows: the worst that lies in it, so that one bad shard in a thousand is
 * seen. Shards may overlap, as a closed one that is still read does with its children.
 *
 * @param ranges by shard; null where it is not known where the shard lies
 * @param ranks by shard, as `lagRank` has them
 * @returns index of a shard by band; -1 where none lies in it
 */
export function worstByBand(
  bandCount: number,
  ranges: readonly (BandRange | null)[],
  ranks: ArrayLike<number>,
): Int32Array {
  const worst = new Int32Array(bandCount).fill(-1);
  for (let i = 0; i < ranges.length; i += 1) {
    const range = ranges[i];
    if (range == null) continue;
    const rank = ranks[i] ?? 0;
    for (let band = range.first; band < range.end; band += 1) {
      const known = worst[band] ?? -1;
      if (known < 0 || rank > (ranks[known] ?? 0)) worst[band] = i;
    }
  }
  return worst;
}

/** The first band that ends after `share`. */
function firstReaching(bands: readonly RingPiece[], share: number): number {
  let low = 0;
  let high = bands.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bands[middle]?.end ?? 1) > share) high = middle;
    else low = middle + 1;
  }
  return low;
}
