import type { PeriodTable } from './period-table.ts';

/** What one put has come to so far, for a stream or for one of its shards. */
export class WriteCount {
  #bytes = 0;
  #records = 0;
  #throttled = 0;

  get isEmpty(): boolean {
    return this.#records === 0 && this.#throttled === 0;
  }

  note(bytes: number, accepted: boolean): void {
    if (accepted) {
      this.#bytes += bytes;
      this.#records += 1;
    } else {
      this.#throttled += 1;
    }
  }

  /** Adds it to a table of `WRITE_METRICS` as one sample of each, and begins anew. */
  count(table: PeriodTable, nowMs: number): void {
    table.begin(nowMs);
    table.sample(0, this.#bytes);
    table.sample(1, this.#records);
    table.sample(2, this.#throttled);
    this.#bytes = 0;
    this.#records = 0;
    this.#throttled = 0;
  }
}
