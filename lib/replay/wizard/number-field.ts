/** A whole number of 0 or more as it is typed, thousands apart or not; null where it is none. */
export function readWhole(text: string): number | null {
  const digits = text.replace(/[\s,]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** A number above 0 as it is typed, with a point; null where it is none. */
export function readPositive(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,12}(?:\.\d{1,6})?$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value > 0 ? value : null;
}
