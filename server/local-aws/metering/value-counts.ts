/**
 * The distribution of samples, for percentiles: how many fell into each bucket. Buckets grow by 2 %, so that a
 * value read back is within 1 % of the one that was sampled, and a period costs as many entries as it has
 * different values. A bucket of 0 is -Infinity; one of a negative value is NaN.
 */
export type ValueCounts = ReadonlyMap<number, number>;

const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);

export function addValue(counts: Map<number, number>, value: number, samples = 1): void {
  const bucket = Math.ceil(Math.log(value) / LOG_GROWTH);
  counts.set(bucket, (counts.get(bucket) ?? 0) + samples);
}

/** The distributions together; undefined where either is not known. */
export function mergeCounts(
  a: ValueCounts | undefined,
  b: ValueCounts | undefined,
): ValueCounts | undefined {
  if (a === undefined || b === undefined) {
    return undefined;
  }
  const merged = new Map(a);
  for (const [bucket, samples] of b) {
    merged.set(bucket, (merged.get(bucket) ?? 0) + samples);
  }
  return merged;
}

/**
 * Values with their numbers of samples, ascending, each within 1 % of what was sampled; the lowest and the highest
 * sample are exact.
 * @returns null where a value was negative: CloudWatch has no percentiles then.
 */
export function valuesOf(
  counts: ValueCounts,
  minimum: number,
  maximum: number,
): readonly (readonly [value: number, samples: number])[] | null {
  if (counts.has(Number.NaN)) {
    return null;
  }
  const values = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([bucket, samples]) => ({ value: (2 * GROWTH ** bucket) / (GROWTH + 1), samples }));
  const last = values.length - 1;
  setApart(values, 0, minimum);
  setApart(values, last, maximum);
  return values
    .map(({ value, samples }) => [Math.min(maximum, Math.max(minimum, value)), samples] as const)
    .sort(([a], [b]) => a - b);
}

/** Takes one sample out of an entry, and gives it its own with the value that it is known to have. */
function setApart(values: { value: number; samples: number }[], at: number, value: number): void {
  const entry = values[at];
  if (entry === undefined) {
    return;
  }
  if (entry.samples === 1) {
    entry.value = value;
  } else {
    entry.samples -= 1;
    values.push({ value, samples: 1 });
  }
}
