/**
 * The strip in small, on the wire: columns of equal width over the ring, each with the worst use of the shards
 * that it touches. Text, as a page of 500 streams carries as many of them.
 */
export type MiniStrip = {
  /** Two hexadecimal digits a column: whole percent 0 .. 254 (254 = that or more), 255 = unknown. */
  readonly use: string;
  /** Columns in which a shard refused records, or calls of GetRecords. */
  readonly throttled: readonly number[];
};

/** @param percents whole, 0 .. 255. @example packPercents([0, 97, 255]) // '0061ff' */
export function packPercents(percents: readonly number[]): string {
  return percents.map((percent) => percent.toString(16).padStart(2, '0')).join('');
}

/** Undoes `packPercents`. */
export function unpackPercents(text: string): readonly number[] {
  return Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}
