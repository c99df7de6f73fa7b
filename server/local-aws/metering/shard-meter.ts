import type { ChunkBudget } from './chunk-budget.ts';
import { SHARD_READ_METRICS, WRITE_METRICS } from './metric-names.ts';
import { PeriodTable } from './period-table.ts';
import { WriteCount } from './write-count.ts';

/** The counters of one shard; each group is made when it is first touched. */
export class ShardMeter {
  readonly #periodMs: number;
  readonly #budget: ChunkBudget;
  /** What the put that is under way has written here. */
  readonly written = new WriteCount();
  #writes: PeriodTable | null = null;
  #reads: PeriodTable | null = null;

  constructor(periodMs: number, budget: ChunkBudget) {
    this.#periodMs = periodMs;
    this.#budget = budget;
  }

  writes(): PeriodTable {
    this.#writes ??= new PeriodTable(this.#periodMs, WRITE_METRICS, this.#budget);
    return this.#writes;
  }

  reads(): PeriodTable {
    this.#reads ??= new PeriodTable(this.#periodMs, SHARD_READ_METRICS, this.#budget);
    return this.#reads;
  }

  /** The table that holds `metric`, where there are samples of it. */
  find(metric: string): PeriodTable | null {
    const table = (WRITE_METRICS as readonly string[]).includes(metric)
      ? this.#writes
      : this.#reads;
    return table === null || table.isEmpty ? null : table;
  }
}
