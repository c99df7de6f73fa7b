const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/**
 * A non-negative number in three significant digits, so that a column of mixed sizes reads evenly: `1.02`,
 * `10.2`, `102`, `1,024`. Zero is `0`; a number too small for two decimals is `< 0.01`, never `0`.
 */
export function formatSignificant(value: number): string {
  if (value === 0) return '0';
  if (value < 0.005) return '< 0.01';
  if (value < 9.995) return value.toFixed(2);
  if (value < 99.95) return value.toFixed(1);
  return grouped.format(value);
}
