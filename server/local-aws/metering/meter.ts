import { ChunkBudget } from './chunk-budget.ts';
import { type Datapoint, mergeIntoPeriods } from './datapoint.ts';
import { StreamMeter } from './stream-meter.ts';

export type { Datapoint } from './datapoint.ts';

/** `metric` is CloudWatch's name; `shardId` is null for a stream-level series. */
export type SeriesId = {
  readonly streamName: string;
  readonly shardId: string | null;
  readonly metric: string;
  /** Of an enhanced fan-out consumer's series, which have no shard. */
  readonly consumerName?: string | undefined;
};

/** What the engine measured, as CloudWatch asks for it. */
export type Meter = {
  readonly basePeriodMs: number;
  /** Memory that the datapoints take now, of the bound that they have. */
  readonly bytes: number;
  /**
   * Datapoints of base periods in [startMs, endMs), merged into periods of `periodMs` (a multiple of
   * the base), ascending; periods without data are absent.
   * @throws RangeError when `periodMs` is no multiple of the base period.
   */
  read(series: SeriesId, startMs: number, endMs: number, periodMs: number): readonly Datapoint[];
  /** Series that exist, for ListMetrics. */
  list(filter: { readonly streamName?: string; readonly metric?: string }): readonly SeriesId[];
};

/** Datapoints are kept for two days, less where memory runs out first. */
const KEEP_MS = 48 * 3_600_000;

export type MeterOptions = {
  readonly basePeriodMs: number;
  /** Memory for all datapoints; the oldest go first. */
  readonly maxBytes: number;
};

/** Counts what the engine does: the engine writes by `openStream`, CloudWatch reads by `Meter`. */
export class KinesisMeter implements Meter {
  readonly basePeriodMs: number;
  readonly #budget: ChunkBudget;
  readonly #streams = new Map<string, StreamMeter>();

  constructor(options: MeterOptions) {
    this.basePeriodMs = options.basePeriodMs;
    this.#budget = new ChunkBudget(KEEP_MS, options.maxBytes);
  }

  get bytes(): number {
    return this.#budget.bytes;
  }

  /** The meter of a stream's name: a stream made again under the same name goes on with the same series. */
  openStream(streamName: string): StreamMeter {
    let stream = this.#streams.get(streamName);
    if (stream === undefined) {
      stream = new StreamMeter(this.basePeriodMs, this.#budget);
      this.#streams.set(streamName, stream);
    }
    return stream;
  }

  read(series: SeriesId, startMs: number, endMs: number, periodMs: number): readonly Datapoint[] {
    if (periodMs <= 0 || periodMs % this.basePeriodMs !== 0) {
      throw new RangeError(`A period is a multiple of ${this.basePeriodMs} ms; got ${periodMs}`);
    }
    const stream = this.#streams.get(series.streamName);
    const { shardId, consumerName, metric } = series;
    const points =
      consumerName === undefined
        ? stream?.read(shardId, metric, startMs, endMs)
        : stream?.readConsumer(consumerName, metric, startMs, endMs);
    return mergeIntoPeriods(points ?? [], periodMs);
  }

  list(filter: { readonly streamName?: string; readonly metric?: string }): readonly SeriesId[] {
    const found: SeriesId[] = [];
    for (const [streamName, stream] of this.#streams) {
      if (filter.streamName !== undefined && filter.streamName !== streamName) {
        continue;
      }
      for (const metric of stream.streamMetrics()) {
        found.push({ streamName, shardId: null, metric });
      }
      for (const { shardId, metric } of stream.shardMetrics()) {
        found.push({ streamName, shardId, metric });
      }
      for (const { consumerName, metric } of stream.consumerMetrics()) {
        found.push({ streamName, shardId: null, metric, consumerName });
      }
    }
    const { metric } = filter;
    return metric === undefined ? found : found.filter((series) => series.metric === metric);
  }
}
