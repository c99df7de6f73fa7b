import type { ReadRecord } from './kinesis-client-port.ts';
import type { LambdaPlan } from './lambda-plan.ts';
import type { ServiceMetrics } from './service-metrics.ts';

/** The function that a mapping calls: it keeps the newest change of each key, as a search index would. */
export class LambdaFunctionRun {
  readonly #plan: LambdaPlan;
  readonly #metrics: ServiceMetrics;
  readonly #index = new Map<string, ReadRecord['sequenceNumber']>();

  constructor(plan: LambdaPlan, metrics: ServiceMetrics) {
    this.#plan = plan;
    this.#metrics = metrics;
  }

  /** Keys that it has seen. */
  get indexedCount(): number {
    return this.#index.size;
  }

  /** Calls it with records, at least one. @returns how long it keeps its shard, ms */
  invoke(records: readonly ReadRecord[], nowMs: number): number {
    for (const { partitionKey, sequenceNumber } of records) {
      this.#index.set(partitionKey, sequenceNumber);
    }
    const { fixed, perRecord } = this.#plan.durationMs;
    const durationMs = (fixed + perRecord * records.length) * this.#plan.wave(nowMs);
    const lastMs = records.at(-1)?.arrivalMs ?? nowMs;
    const metrics = this.#metrics;
    metrics.sample('Invocations', nowMs, 1, 'Count');
    metrics.sample('Errors', nowMs, 0, 'Count');
    metrics.sample('Duration', nowMs, durationMs, 'Milliseconds');
    // "the age of the last record in the event", when it goes to the function.
    metrics.sample('IteratorAge', nowMs, Math.max(0, nowMs - lastMs), 'Milliseconds');
    return durationMs;
  }
}
