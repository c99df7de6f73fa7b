/** Records that producers tried in one period, by what the service answered. */
export type PeriodCount = {
  /** Records sent, repeats of refused ones included. */
  readonly attempted: number;
  readonly accepted: number;
  /** Refused with ProvisionedThroughputExceededException. */
  readonly throttled: number;
  /** Everything else: errors of the service, and calls without an answer. */
  readonly failed: number;
};

export type StreamCounts = {
  readonly streamName: string;
  readonly periods: readonly (PeriodCount & { readonly startMs: number })[];
};

const NOTHING: PeriodCount = { attempted: 0, accepted: 0, throttled: 0, failed: 0 };

/** Periods kept: 48 h of 5 seconds. */
const PERIODS_MAX = 34_560;

/**
 * What producers count themselves from the answers they get, to compare CloudWatch with: by stream and by
 * the metrics' period into which the answer's own time falls.
 */
export class ProducerLedger {
  readonly #periodMs: number;
  readonly #streams = new Map<string, Map<number, PeriodCount>>();

  constructor(periodMs: number) {
    this.#periodMs = periodMs;
  }

  count(streamName: string, answeredAtMs: number, add: PeriodCount): void {
    const periods = this.#streams.get(streamName) ?? new Map<number, PeriodCount>();
    this.#streams.set(streamName, periods);
    const startMs = Math.floor(answeredAtMs / this.#periodMs) * this.#periodMs;
    const held = periods.get(startMs) ?? NOTHING;
    periods.set(startMs, {
      attempted: held.attempted + add.attempted,
      accepted: held.accepted + add.accepted,
      throttled: held.throttled + add.throttled,
      failed: held.failed + add.failed,
    });
    const oldest = periods.keys().next();
    if (periods.size > PERIODS_MAX && oldest.done !== true) {
      periods.delete(oldest.value);
    }
  }

  /** Counts of periods that start at or after `fromMs`, by stream. */
  read(fromMs: number): readonly StreamCounts[] {
    return [...this.#streams].map(([streamName, periods]) => ({
      streamName,
      periods: [...periods]
        .filter(([startMs]) => startMs >= fromMs)
        .map(([startMs, count]) => ({ startMs, ...count })),
    }));
  }
}
