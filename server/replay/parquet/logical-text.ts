const MS_PER_DAY = 86_400_000;
/** Furthest from 1970 that a calendar is known to the runtime (ECMA-262, "Time Values and Time Range"). */
const CALENDAR_MS_MAX = 8.64e15;

/** How many digits of a second a unit of time has. */
export type SecondDigits = 3 | 6 | 9;

/** `"2026-11-23"`; the number of the day where no calendar reaches it. */
export function dateText(days: number): string {
  const ms = days * MS_PER_DAY;
  return Math.abs(ms) > CALENDAR_MS_MAX
    ? String(days)
    : `"${new Date(ms).toISOString().replace(/T.*/, '')}"`;
}

/** `"2026-11-23T13:59:58.250Z"`, to the digit; without the Z where the writer's zone is not known. */
export function timestampText(units: bigint, digits: SecondDigits, isUtc: boolean): string {
  const perSecond = 10n ** BigInt(digits);
  const fraction = ((units % perSecond) + perSecond) % perSecond;
  const ms = Number((units - fraction) / perSecond) * 1_000;
  if (Math.abs(ms) > CALENDAR_MS_MAX) return units.toString();
  const seconds = new Date(ms).toISOString().slice(0, -'.000Z'.length);
  return `"${seconds}.${fraction.toString().padStart(digits, '0')}${isUtc ? 'Z' : ''}"`;
}

/** `"13:59:58.250"`; the number where it is no time of a day. */
export function timeText(units: bigint, digits: SecondDigits): string {
  const perDay = 86_400n * 10n ** BigInt(digits);
  if (units < 0n || units >= perDay) return units.toString();
  // On the first day that a calendar has, a time of day is a timestamp.
  return timestampText(units, digits, false).replace('1970-01-01T', '');
}

/** A number of JSON with all digits of the decimal: 1.50 stays 1.50. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Two's complement, the highest byte first. */
export function signedOf(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}

export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `"${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}"`;
}
