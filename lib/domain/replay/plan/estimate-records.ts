import type { SampledObject } from './sample.ts';

/** What will be sent, scaled up from a sample. */
export type RecordsEstimate = {
  readonly records: number;
  /** In 95 of 100 samples the truth lies within `records` +- this; null where the sample is too small to tell. */
  readonly error: number | null;
};

/** Two-sided, 95 %, by degrees of freedom from 1 on; beyond these the normal distribution's 1.96 is near enough. */
const STUDENT_T = [
  12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13,
];
const NORMAL_95 = 1.96;

/**
 * The ratio estimator: records by stored byte in the sample, times the bytes of all. Objects differ in how well they
 * compress and in how much passes the filter; how much they do is what the error is made of.
 * Source: Cochran, "Sampling Techniques" (3rd edition, 1977), chapter 6.
 * @param all objects and stored bytes of the manifest
 */
export function estimateRecords(
  sample: readonly SampledObject[],
  all: { readonly objects: number; readonly bytes: number },
): RecordsEstimate | null {
  const storedBytes = sample.reduce((sum, object) => sum + object.storedBytes, 0);
  if (storedBytes === 0) return null;
  const ratio = sample.reduce((sum, { records }) => sum + records, 0) / storedBytes;
  return { records: ratio * all.bytes, error: errorOf(sample, ratio, storedBytes, all) };
}

function errorOf(
  sample: readonly SampledObject[],
  ratio: number,
  storedBytes: number,
  all: { readonly objects: number; readonly bytes: number },
): number | null {
  const n = sample.length;
  if (n >= all.objects && storedBytes >= all.bytes) return 0;
  if (n < 2) return null;
  const squares = sample.reduce(
    (sum, object) => sum + (object.records - ratio * object.storedBytes) ** 2,
    0,
  );
  const standardError = Math.sqrt(squares / (n - 1) / n) * (all.bytes / (storedBytes / n));
  return (STUDENT_T[n - 2] ?? NORMAL_95) * standardError;
}
