const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const whole = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});

/** Where cents no longer matter to whoever decides. */
const WHOLE_FROM = 1_000;

/**
 * US dollars; what is less than a cent is not nothing.
 * @example formatDollars(43.8) // '$43.80' @example formatDollars(3000) // '$3,000' @example formatDollars(0.0004) // '< $0.01'
 */
export function formatDollars(dollars: number): string {
  if (dollars > 0 && dollars < 0.01) return '< $0.01';
  return dollars >= WHOLE_FROM ? whole.format(dollars) : cents.format(dollars);
}
