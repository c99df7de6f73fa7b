import type { ChunkBudget } from './chunk-budget.ts';
import type { Datapoint } from './datapoint.ts';
import { VALUE_METRICS } from './metric-names.ts';
import { addValue } from './value-counts.ts';

/** Periods of one chunk: 5 min of 5 s. Small, so that a shard which is written to once costs little. */
const PERIODS_PER_CHUNK = 60;

// Cells of one metric in one period.
const SUM = 0;
const COUNT = 1;
const MINIMUM = 2;
const MAXIMUM = 3;
const CELLS_PER_METRIC = 4;

/** What the distribution of one metric in one period takes, roughly; bytes. */
const DISTRIBUTION_BYTES = 256;

/** `distributions` are of metrics in periods, by the place of their first cell. */
type Chunk = {
  readonly cells: Float64Array;
  readonly distributions: Map<number, Map<number, number>>;
};

/**
 * Statistics of a few metrics that are sampled together, by period. Chunks of plain numbers, made when
 * a period is first sampled: `begin(now)` finds the row, `sample` adds to it.
 */
export class PeriodTable {
  readonly #periodMs: number;
  readonly #metrics: readonly string[];
  readonly #budget: ChunkBudget;
  readonly #chunks = new Map<number, Chunk>();
  #chunk: Chunk = EMPTY;
  #row = 0;
  #rowStartMs = 0;
  #rowEndMs = 0;

  constructor(periodMs: number, metrics: readonly string[], budget: ChunkBudget) {
    this.#periodMs = periodMs;
    this.#metrics = metrics;
    this.#budget = budget;
  }

  /** Chooses the period of `nowMs` for the samples that follow. */
  begin(nowMs: number): void {
    if (nowMs >= this.#rowEndMs || nowMs < this.#rowStartMs) {
      this.#seek(nowMs);
    }
  }

  /** Adds one sample. `metric` is its index in the metrics that the table was made with. */
  sample(metric: number, value: number): void {
    const { cells } = this.#chunk;
    const at = this.#row + metric * CELLS_PER_METRIC;
    const count = cells[at + COUNT] ?? 0;
    cells[at + SUM] = (cells[at + SUM] ?? 0) + value;
    cells[at + COUNT] = count + 1;
    if (count === 0 || value < (cells[at + MINIMUM] ?? 0)) {
      cells[at + MINIMUM] = value;
    }
    if (count === 0 || value > (cells[at + MAXIMUM] ?? 0)) {
      cells[at + MAXIMUM] = value;
    }
  }

  /** Adds one sample of a metric whose distribution is kept. */
  sampleValue(metric: number, value: number): void {
    this.sample(metric, value);
    const { distributions } = this.#chunk;
    const at = this.#row + metric * CELLS_PER_METRIC;
    let counts = distributions.get(at);
    if (counts === undefined) {
      counts = new Map();
      distributions.set(at, counts);
    }
    addValue(counts, value);
  }

  /** Datapoints of the periods that begin in [startMs, endMs), ascending. */
  read(metricName: string, startMs: number, endMs: number): Datapoint[] {
    const metric = this.#metrics.indexOf(metricName);
    if (metric < 0) {
      return [];
    }
    const points: Datapoint[] = [];
    const first = Math.ceil(startMs / this.#periodMs);
    const beyond = Math.ceil(endMs / this.#periodMs);
    // By chunk in order of time: a window of days over a short life is then not walked by period.
    for (const chunkIndex of [...this.#chunks.keys()].sort((a, b) => a - b)) {
      const { cells, distributions } = this.#chunks.get(chunkIndex) ?? EMPTY;
      const chunkStart = chunkIndex * PERIODS_PER_CHUNK;
      const from = Math.max(first, chunkStart);
      const to = Math.min(beyond, chunkStart + PERIODS_PER_CHUNK);
      for (let period = from; period < to; period += 1) {
        const at = (period - chunkStart) * this.#cellsPerPeriod + metric * CELLS_PER_METRIC;
        const sampleCount = cells[at + COUNT] ?? 0;
        if (sampleCount > 0) {
          const valueCounts = distributions.get(at);
          points.push({
            startMs: period * this.#periodMs,
            sum: cells[at + SUM] ?? 0,
            sampleCount,
            minimum: cells[at + MINIMUM] ?? 0,
            maximum: cells[at + MAXIMUM] ?? 0,
            // A copy: the period may not be over yet.
            ...(valueCounts !== undefined && { valueCounts: new Map(valueCounts) }),
          });
        }
      }
    }
    return points;
  }

  /** True while no sample of any metric is kept. */
  get isEmpty(): boolean {
    return this.#chunks.size === 0;
  }

  get #cellsPerPeriod(): number {
    return this.#metrics.length * CELLS_PER_METRIC;
  }

  #seek(nowMs: number): void {
    const period = Math.floor(nowMs / this.#periodMs);
    const chunkIndex = Math.floor(period / PERIODS_PER_CHUNK);
    this.#chunk = this.#chunks.get(chunkIndex) ?? this.#open(chunkIndex, nowMs);
    this.#row = (period - chunkIndex * PERIODS_PER_CHUNK) * this.#cellsPerPeriod;
    this.#rowStartMs = period * this.#periodMs;
    this.#rowEndMs = this.#rowStartMs + this.#periodMs;
  }

  #open(chunkIndex: number, nowMs: number): Chunk {
    const cells = new Float64Array(PERIODS_PER_CHUNK * this.#cellsPerPeriod);
    const chunk = { cells, distributions: new Map() };
    this.#chunks.set(chunkIndex, chunk);
    const distributed = this.#metrics.filter((metric) => VALUE_METRICS.has(metric)).length;
    const bytes = cells.byteLength + distributed * PERIODS_PER_CHUNK * DISTRIBUTION_BYTES;
    const endMs = (chunkIndex + 1) * PERIODS_PER_CHUNK * this.#periodMs;
    const drop = () => this.#drop(chunkIndex);
    this.#budget.add({ endMs, bytes, drop }, nowMs);
    return chunk;
  }

  #drop(chunkIndex: number): void {
    if (this.#chunks.get(chunkIndex) === this.#chunk) {
      // The row in use goes too, or samples would be added to cells that nobody can read.
      this.#rowStartMs = 0;
      this.#rowEndMs = 0;
      this.#chunk = EMPTY;
    }
    this.#chunks.delete(chunkIndex);
  }
}

const EMPTY: Chunk = { cells: new Float64Array(0), distributions: new Map() };
