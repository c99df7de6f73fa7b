/** A figure as it stands on screen: the unit apart, so that it can be set quieter than the number. */
export type Quantity = { readonly value: string; readonly unit: string };

/** What stands in place of a figure that nobody knows. Never 0: 0 is a figure. */
export const UNKNOWN = '–';

/** A figure that may be missing: null on the wire, NaN in a frame. */
export type Figure = number | null;

export const UNKNOWN_QUANTITY: Quantity = { value: UNKNOWN, unit: '' };

export function isKnown(figure: Figure): figure is number {
  return figure !== null && Number.isFinite(figure);
}

/** @example quantityText({ value: '1.02', unit: 'MiB/s' }) // '1.02 MiB/s' */
export function quantityText(quantity: Quantity): string {
  return quantity.unit === '' ? quantity.value : `${quantity.value} ${quantity.unit}`;
}
