import type { LagSpark } from './application-view.ts';

/** A sparkline: its line, with a gap wherever nothing is known, and lonely points as dashes. */
export type SparkPath = {
  readonly line: string;
  /** The highest value, seconds; null where nothing is known. */
  readonly maxSeconds: number | null;
  readonly newestSeconds: number | null;
};

/** The lowest top of the scale: readers that keep up are drawn low, and their seconds do not look like mountains. */
const TOP_SECONDS_MIN = 60;

/** @param width and height of the drawing, in its units */
export function sparkPath(spark: LagSpark, width: number, height: number): SparkPath {
  const values = spark.atMostSeconds;
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { line: '', maxSeconds: null, newestSeconds: null };
  const maxSeconds = Math.max(...known);
  const top = Math.max(TOP_SECONDS_MIN, maxSeconds);
  const step = width / values.length;
  let line = '';
  for (const [i, value] of values.entries()) {
    if (value === null) continue;
    const y = round(height - 1 - (value / top) * (height - 2));
    const joins = (values[i - 1] ?? null) !== null;
    line += `${joins ? 'L' : 'M'}${round((i + 0.5) * step)} ${y}`;
    const lonely = !joins && (values[i + 1] ?? null) === null;
    if (lonely) line += `h${round(step / 2)}`;
  }
  return { line, maxSeconds, newestSeconds: values.findLast((value) => value !== null) ?? null };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
