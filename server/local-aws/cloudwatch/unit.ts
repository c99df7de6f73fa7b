const SIZES = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'] as const;
const BITS = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'] as const;

/** Units of datapoints. Source: API reference, StandardUnit. */
export const UNITS = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  ...SIZES,
  ...BITS,
  'Percent',
  'Count',
  ...SIZES.map((size) => `${size}/Second` as const),
  ...BITS.map((size) => `${size}/Second` as const),
  'Count/Second',
  'None',
] as const;

export type Unit = (typeof UNITS)[number];
