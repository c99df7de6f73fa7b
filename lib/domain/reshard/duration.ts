import type { Step } from './step.ts';

/** Mean time of an operation from its call to ACTIVE, on this stream or account, milliseconds; null: none was seen. */
export type MeasuredDurations = { readonly [Kind in Step['kind']]: number | null };

export const NOTHING_MEASURED: MeasuredDurations = {
  split: null,
  merge: null,
  'update-shard-count': null,
};

export type DurationEstimate = {
  readonly ms: number;
  /** `measured`: by operations that were seen; `assumed`: half a minute each; `partly-measured`: both. */
  readonly basis: 'measured' | 'partly-measured' | 'assumed';
  /** UpdateShardCount takes longer with more shards, and none was seen yet. */
  readonly isLeast: boolean;
};

/** About what a split or a merge takes at AWS. */
const OPERATION_MS = 30_000;

export function estimateDuration(
  steps: readonly Step[],
  measured: MeasuredDurations,
): DurationEstimate {
  const seen = steps.filter(({ kind }) => measured[kind] !== null).length;
  return {
    ms: steps.reduce((sum, { kind }) => sum + (measured[kind] ?? OPERATION_MS), 0),
    basis: seen === 0 ? 'assumed' : seen === steps.length ? 'measured' : 'partly-measured',
    isLeast:
      measured['update-shard-count'] === null &&
      steps.some(({ kind }) => kind === 'update-shard-count'),
  };
}
