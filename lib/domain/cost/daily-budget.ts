import { roundCadenceUp } from './cadence-steps.ts';
import { type PlannedStream, planCadences } from './plan-cadences.ts';

const DAY_MS = 86_400_000;

/** No clock goes further back than this. */
const DAYS_KEPT = 7;

/** Of what is left, so much is not planned with: readings fall on whole steps, and failed ones are charged too. */
const PLANNED_SHARE = 0.95;

/** A cadence that was told is kept while it is at most so much slower than what the plan would now allow. */
const SLACK = 1.5;

/** Start of the UTC day of `atMs`: budgets are kept by it. */
export function utcDayStart(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}

/**
 * What a connection may still ask for on a UTC day. Nothing is asked for that was not reserved before, so what is spent
 * is never more than `metricsPerDay`, whatever is planned, fails or changes. Each day has an account of its own: a clock
 * that is set back, or one of two that differ around midnight, gives out no day's money twice.
 */
export class DailyBudget {
  readonly metricsPerDay: number;
  /** Metrics by start of the UTC day. */
  readonly #spentOf: Map<number, number>;

  /** @param spentOf metrics requested before, by the start of the UTC day; 0 on days that it lacks */
  constructor(metricsPerDay: number, spentOf: ReadonlyMap<number, number> = new Map()) {
    this.metricsPerDay = metricsPerDay;
    this.#spentOf = new Map(spentOf);
  }

  left(nowMs: number): number {
    return Math.max(0, this.metricsPerDay - (this.#spentOf.get(utcDayStart(nowMs)) ?? 0));
  }

  /** Takes `metrics` out of what is left. @returns false, and takes nothing, where that is not enough */
  reserve(metrics: number, nowMs: number): boolean {
    if (metrics > this.left(nowMs)) return false;
    this.#add(metrics, nowMs);
    return true;
  }

  /** Gives back what was reserved at `reservedAtMs` and not asked for in the end. */
  release(metrics: number, reservedAtMs: number): void {
    this.#add(-metrics, reservedAtMs);
  }

  /**
   * Cadences in seconds that keep within what is left, rounded up to steps that a person can remember. One that a
   * stream has already is kept while it will do: figures that come and go say less than steady ones.
   */
  cadences(
    streams: readonly (PlannedStream & { readonly cadenceSeconds: number })[],
    nowMs: number,
  ): readonly number[] {
    const metricsLeft = this.left(nowMs) * PLANNED_SHARE;
    const secondsLeft = (utcDayStart(nowMs) + DAY_MS - nowMs) / 1000;
    const planned = planCadences(streams, { metricsLeft, secondsLeft });
    return streams.map(({ wantedSeconds, cadenceSeconds }, i) => {
      const exact = planned[i] ?? wantedSeconds;
      if (exact === wantedSeconds) return wantedSeconds;
      // Nothing is left: a new day brings new means.
      if (exact === Number.POSITIVE_INFINITY) return Math.max(wantedSeconds, DAY_MS / 1000);
      const keeps = cadenceSeconds >= exact && cadenceSeconds <= exact * SLACK;
      return keeps ? cadenceSeconds : roundCadenceUp(exact);
    });
  }

  #add(metrics: number, atMs: number): void {
    const dayStartMs = utcDayStart(atMs);
    this.#spentOf.set(dayStartMs, (this.#spentOf.get(dayStartMs) ?? 0) + metrics);
    for (const known of this.#spentOf.keys()) {
      if (known < dayStartMs - DAYS_KEPT * DAY_MS) this.#spentOf.delete(known);
    }
  }
}
