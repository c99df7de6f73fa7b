import { type Figure, isKnown, type Quantity, quantityText, UNKNOWN_QUANTITY } from './quantity.ts';

/**
 * Use of a limit in whole percent, rounded as every other place of the product rounds it (health, mini
 * strip), so that the same shard has the same figure everywhere. Above 0 and below half a percent is `< 1`.
 */
export function percentQuantity(use: Figure): Quantity {
  if (!isKnown(use)) return UNKNOWN_QUANTITY;
  const percent = Math.round(use * 100);
  return { value: percent === 0 && use > 0 ? '< 1' : String(percent), unit: '%' };
}

/** @example formatUse(0.974) // '97 %' */
export function formatUse(use: Figure): string {
  return quantityText(percentQuantity(use));
}

/**
 * A part of a whole in two significant digits: a shard of 10,000 has its share still.
 * @example formatShare(0.25) // '25 %'
 * @example formatShare(0.0001) // '0.01 %'
 */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.0005) return '< 0.001 %';
  const decimals = percent >= 9.95 ? 0 : Math.max(0, 1 - Math.floor(Math.log10(percent)));
  // Number() drops zeros at the end: 25.0 is no more exact than 25 here.
  return `${Number(percent.toFixed(decimals))} %`;
}
