/**
 * Shares of `count` ranks under Zipf's law, adding up to 1: the share of rank r is proportional to
 * r^-exponent. Exponent 0 shares evenly.
 */
export function zipfShares(count: number, exponent: number): readonly number[] {
  const weights = Array.from({ length: count }, (_, i) => (i + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
