import { type Figure, isKnown, UNKNOWN } from './quantity.ts';

// One locale on both sides of the wire: a figure must read the same in the server's HTML and in the browser.
const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** A whole number with its thousands apart: `12,345`. */
export function formatCount(count: Figure): string {
  return isKnown(count) ? grouped.format(count) : UNKNOWN;
}

/** @example countOf(1, 'shard') // '1 shard' */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
