/** How a load or a width is spread over shards. */
export type Evenness = {
  /** Greatest over mean: 1 where all are alike, the number of shards where one has all. */
  readonly maxToMean: number;
  /** Gini coefficient: 0 where all are alike, towards 1 where one has all. */
  readonly gini: number;
  readonly words: EvennessWord;
};

type EvennessWord = 'even' | 'slightly uneven' | 'uneven' | 'one-sided';

/** Up to which greatest over mean a word holds. */
const WORDS: readonly (readonly [number, EvennessWord])[] = [
  [1.25, 'even'],
  [2, 'slightly uneven'],
  [4, 'uneven'],
];

/**
 * @param values non-negative
 * @returns null where there is nothing to compare: fewer than two values, or all of them 0
 * @example evenness([3, 1]) // maxToMean 1.5, gini 0.25, 'slightly uneven'
 */
export function evenness(values: readonly number[]): Evenness | null {
  const sum = values.reduce((a, b) => a + b, 0);
  if (values.length < 2 || sum === 0) return null;
  const ascending = values.toSorted((a, b) => a - b);
  const weighted = ascending.reduce((total, value, i) => total + (i + 1) * value, 0);
  const n = values.length;
  const maxToMean = ((ascending.at(-1) ?? 0) * n) / sum;
  return {
    maxToMean,
    gini: Math.max(0, (2 * weighted) / (n * sum) - (n + 1) / n),
    words: WORDS.find(([max]) => maxToMean <= max)?.[1] ?? 'one-sided',
  };
}
