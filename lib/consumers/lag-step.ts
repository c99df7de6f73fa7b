const MINUTE_S = 60;
const HOUR_S = 3_600;

/**
 * The scale of lag that colours repeat, drawn in `--k-use-n`: 0 caught up, 1 to 5 farther and farther behind, 6 half
 * of what the stream retains, or more.
 */
export type LagStep = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Every step with the words of the legend, in order. */
export const LAG_STEPS: readonly { readonly step: LagStep; readonly label: string }[] = [
  { step: 0, label: 'caught up' },
  { step: 1, label: '≤ 15 s' },
  { step: 2, label: '≤ 1 min' },
  { step: 3, label: '≤ 5 min' },
  { step: 4, label: '≤ 30 min' },
  { step: 5, label: 'more' },
  { step: 6, label: '≥ ½ of retention' },
];

/** The share of retention from which unread data is in danger. */
const DANGER_SHARE = 0.5;

/**
 * The step of a lag by its upper bound, as what is not known is not taken to be well.
 * @param atMostSeconds NaN where unknown
 * @param retentionSeconds of the stream
 * @returns null where the lag is unknown
 */
export function stepOfLag(atMostSeconds: number, retentionSeconds: number): LagStep | null {
  if (Number.isNaN(atMostSeconds)) return null;
  if (atMostSeconds >= retentionSeconds * DANGER_SHARE) return 6;
  if (atMostSeconds <= 0) return 0;
  if (atMostSeconds <= 15) return 1;
  if (atMostSeconds <= MINUTE_S) return 2;
  if (atMostSeconds <= 5 * MINUTE_S) return 3;
  if (atMostSeconds <= HOUR_S / 2) return 4;
  return 5;
}
