import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';
import { STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';

/** How many steps of status there are; lag decides within one. Lags stay far below this, in seconds. */
const STEP = 1e9;

const RANK = new Map(
  STATUSES_WORST_FIRST.map((status, i) => [status, STATUSES_WORST_FIRST.length - i]),
);

/** Greater is worse: by status, then by lag. @param atMostSeconds NaN where unknown, which is no better than any lag */
export function lagRank(status: ConsumerStatus, atMostSeconds: number): number {
  const lag = Number.isNaN(atMostSeconds) ? STEP - 1 : Math.min(STEP - 1, atMostSeconds);
  return (RANK.get(status) ?? 0) * STEP + lag;
}

/**
 * Which of many shards each stretch of the ring shows: the worst that lies in it, so that one bad shard in a thousand is
 * seen. Shards may overlap, as a closed one that is still read does with its children.
 *
 * @param bands side by side, in order
 * @param pieces where each shard lies; null where that is not known
 * @param ranks by shard, as `lagRank` has them
 * @returns index of a shard by band; -1 where none lies in it
 */
export function worstByBand(
  bands: readonly RingPiece[],
  pieces: readonly (RingPiece | null)[],
  ranks: ArrayLike<number>,
): Int32Array {
  const worst = new Int32Array(bands.length).fill(-1);
  for (let i = 0; i < pieces.length; i += 1) {
    const piece = pieces[i];
    if (piece == null) continue;
    const rank = ranks[i] ?? 0;
    for (let band = firstReaching(bands, piece.start); band < bands.length; band += 1) {
      if ((bands[band]?.start ?? 1) >= piece.end) break;
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
