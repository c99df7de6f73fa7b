import { roundCadenceUp } from './cadence-steps.ts';
import { type PlannedStream, planCadences } from './plan-cadences.ts';

const DAY_MS = 86_400_000;

/** Of what is left, so much is not planned with: readings fall on whole steps, and failed ones are charged too. */
const PLANNED_SHARE = 0.95;

/** A cadence that was told is kept while it is at most so much slower than what the plan would now allow. */
const SLACK = 1.5;

/** Start of the UTC day of `atMs`: budgets are kept by it. */
export function utcDayStart(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}

/**
 * What a connection may still ask for on the present UTC day. Nothing is asked for that was not reserved before, so
 * what is spent is never more than `metricsPerDay`, whatever is planned, fails or changes.
 */
export class DailyBudget {
  readonly metricsPerDay: number;
  #dayStartMs: number;
  #spent: number;

  /** @param spent metrics requested since the start of the UTC day of `nowMs` */
  constructor(metricsPerDay: number, spent: number, nowMs: number) {
    this.metricsPerDay = metricsPerDay;
    this.#dayStartMs = utcDayStart(nowMs);
    this.#spent = spent;
  }

  left(nowMs: number): number {
    this.#turn(nowMs);
    return Math.max(0, this.metricsPerDay - this.#spent);
  }

  /** Takes `metrics` out of what is left. @returns false, and takes nothing, where that is not enough */
  reserve(metrics: number, nowMs: number): boolean {
    if (metrics > this.left(nowMs)) return false;
    this.#spent += metrics;
    return true;
  }

  /**
   * What a reservation made at `reservedAtMs` cost in the end: less where it was not sent, more where it had to be
   * sent again. Of a day that is over nothing is changed any more.
   */
  settle(reserved: number, requested: number, reservedAtMs: number, nowMs: number): void {
    this.#turn(nowMs);
    if (utcDayStart(reservedAtMs) === this.#dayStartMs) this.#spent += requested - reserved;
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
    const secondsLeft = (this.#dayStartMs + DAY_MS - nowMs) / 1000;
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

  #turn(nowMs: number): void {
    const dayStartMs = utcDayStart(nowMs);
    // A clock that is set back must not give out a day's money twice.
    if (dayStartMs <= this.#dayStartMs) return;
    this.#dayStartMs = dayStartMs;
    this.#spent = 0;
  }
}
