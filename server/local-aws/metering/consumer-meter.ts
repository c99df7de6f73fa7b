import type { ChunkBudget } from './chunk-budget.ts';
import { SUBSCRIBE_METRICS, SUBSCRIPTION_EVENT_METRICS } from './metric-names.ts';
import { PeriodTable } from './period-table.ts';

/** What one event of a subscription came to. */
type EventSample = {
  readonly bytes: number;
  readonly records: number;
  readonly millisBehindLatest: number;
};

/** The counters of one enhanced fan-out consumer, over all shards that it subscribes to. */
export class ConsumerMeter {
  readonly #calls: PeriodTable;
  readonly #events: PeriodTable;

  constructor(periodMs: number, budget: ChunkBudget) {
    this.#calls = new PeriodTable(periodMs, SUBSCRIBE_METRICS, budget);
    this.#events = new PeriodTable(periodMs, SUBSCRIPTION_EVENT_METRICS, budget);
  }

  /** A SubscribeToShard call that was accepted, or refused because it came too soon after another. */
  recordCall(nowMs: number, accepted: boolean): void {
    this.#calls.begin(nowMs);
    this.#calls.sample(0, accepted ? 0 : 1);
    this.#calls.sample(1, accepted ? 1 : 0);
  }

  recordEvent(nowMs: number, event: EventSample): void {
    this.#events.begin(nowMs);
    this.#events.sample(0, event.bytes);
    this.#events.sample(1, event.records);
    this.#events.sampleValue(2, event.millisBehindLatest);
    this.#events.sample(3, 1);
  }

  /** The table that holds `metric`, where there are samples of it. */
  find(metric: string): PeriodTable | null {
    const isOfCalls = (SUBSCRIBE_METRICS as readonly string[]).includes(metric);
    const table = isOfCalls ? this.#calls : this.#events;
    return table.isEmpty ? null : table;
  }

  /** Names of the metrics with datapoints. */
  metrics(): readonly string[] {
    return [...SUBSCRIBE_METRICS, ...SUBSCRIPTION_EVENT_METRICS].filter(
      (metric) => this.find(metric) !== null,
    );
  }
}
