/**
 * The scale of use that colours repeat: step n is drawn in `--k-use-n`. 0 is idle, 1 to 5 are fifths of the
 * limit, 6 is at the limit or over it.
 */
export type UseStep = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Every step with the words of the legend, in order. */
export const USE_STEPS: readonly { readonly step: UseStep; readonly label: string }[] = [
  { step: 0, label: 'idle' },
  { step: 1, label: '< 20' },
  { step: 2, label: '< 40' },
  { step: 3, label: '< 60' },
  { step: 4, label: '< 80' },
  { step: 5, label: '< 100' },
  { step: 6, label: '≥ 100 %' },
];

/**
 * The step of a use of 0 .. 1 and beyond; null where the use is unknown (NaN). Decided on the whole percent
 * that is written beside it, so that "100 %" never stands in the colour of "under 100".
 */
export function stepOfUse(use: number): UseStep | null {
  if (Number.isNaN(use)) return null;
  if (use <= 0) return 0;
  const percent = Math.round(use * 100);
  if (percent >= 100) return 6;
  if (percent >= 80) return 5;
  if (percent >= 60) return 4;
  if (percent >= 40) return 3;
  if (percent >= 20) return 2;
  return 1;
}
