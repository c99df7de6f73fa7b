import type { ShardLevelMetric } from './metric-names.ts';

type Span = { readonly fromMs: number; toMs: number };

/**
 * When each shard-level metric of a stream was switched on. Samples are kept by group; what a caller
 * may see of them is what was switched on at the time.
 */
export class EnabledSpans {
  readonly #spans = new Map<ShardLevelMetric, Span[]>();

  isOn(metric: ShardLevelMetric): boolean {
    return this.#spans.get(metric)?.at(-1)?.toMs === Number.POSITIVE_INFINITY;
  }

  switchOn(metric: ShardLevelMetric, nowMs: number): void {
    if (!this.isOn(metric)) {
      const spans = this.#spans.get(metric) ?? [];
      this.#spans.set(metric, [...spans, { fromMs: nowMs, toMs: Number.POSITIVE_INFINITY }]);
    }
  }

  switchOff(metric: ShardLevelMetric, nowMs: number): void {
    const last = this.#spans.get(metric)?.at(-1);
    if (last !== undefined && this.isOn(metric)) {
      last.toMs = nowMs;
    }
  }

  /** Was the metric on at any time in [startMs, endMs)? */
  overlaps(metric: string, startMs: number, endMs: number): boolean {
    const spans = this.#spans.get(metric as ShardLevelMetric) ?? [];
    return spans.some((span) => span.fromMs < endMs && span.toMs >= startMs);
  }

  metricsEverOn(): readonly ShardLevelMetric[] {
    return [...this.#spans.keys()];
  }
}
