/** An estimate as it may be told: two digits are known of it, not nine. @example significant(123_456) // 120_000 */
export function significant(value: number): number {
  return Number(value.toPrecision(2));
}
