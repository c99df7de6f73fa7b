/** A page is as large as may be read in this time, so that a table's capacity is asked for evenly. */
const PAGE_SECONDS = 2;

const ROWS_MIN = 1;
/** DynamoDB ends a page at 1 MB, some 2,500 leases. */
const ROWS_MAX = 1_000;

/** Until a page has told: a row of 800 bytes, at half a unit for 4 KiB, read eventually consistent. */
const UNITS_PER_ROW = 0.1;

/**
 * Spreads the reading of a table over time, so that over any time it takes no more read capacity than it is allowed,
 * but for one page: what was read is paid off before the next page is read. Times are milliseconds on any steady clock.
 */
export class ScanPace {
  readonly unitsPerSecond: number;
  #paidAtMs = Number.NEGATIVE_INFINITY;
  #unitsPerRow = UNITS_PER_ROW;

  /** @param unitsPerSecond read capacity units that may be taken */
  constructor(unitsPerSecond: number) {
    this.unitsPerSecond = unitsPerSecond;
  }

  /** How long to wait until the next page may be read. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#paidAtMs - nowMs);
  }

  /** Rows that the next page may have. */
  get rows(): number {
    const rows = Math.floor((this.unitsPerSecond * PAGE_SECONDS) / this.#unitsPerRow);
    return Math.min(ROWS_MAX, Math.max(ROWS_MIN, rows));
  }

  /** A page was read. @param units what it took; null where the endpoint does not tell: then what rows take as a rule */
  read(nowMs: number, rows: number, units: number | null): void {
    const taken = units ?? rows * UNITS_PER_ROW;
    this.#paidAtMs = Math.max(this.#paidAtMs, nowMs) + (taken / this.unitsPerSecond) * 1000;
    // Half a unit is the least that a page costs, however few its rows: it says nothing of a row.
    if (rows >= 10) this.#unitsPerRow = taken / rows;
  }
}
