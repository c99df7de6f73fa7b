import type { Clock } from '#server/local-aws/engine/clock.ts';

/**
 * How CloudWatch keeps time. `demo` shows 5-second periods at once, which AWS does not; `aws` shows
 * one-minute periods 90 s after their end, which is how late Kinesis's metrics usually are.
 */
export type MetricsProfile = { readonly basePeriodMs: number; readonly delayMs: number };

export const METRICS_PROFILES = {
  demo: { basePeriodMs: 5_000, delayMs: 0 },
  aws: { basePeriodMs: 60_000, delayMs: 90_000 },
} as const satisfies Record<string, MetricsProfile>;

/**
 * The instant before which a base period has to start to be seen at `nowMs`. Without a delay the period
 * that is not over yet is seen with what it has so far; with one, a period is seen `delayMs` after its end.
 */
export function visibleBefore(profile: MetricsProfile, nowMs: number): number {
  const { basePeriodMs, delayMs } = profile;
  const now = Math.floor(nowMs / basePeriodMs) * basePeriodMs;
  return delayMs === 0
    ? now + basePeriodMs
    : Math.floor((nowMs - delayMs) / basePeriodMs) * basePeriodMs;
}

/** Periods that a datapoint may cover, in seconds: CloudWatch's own, and multiples of our base period. */
export function isPeriodAllowed(periodSeconds: number, profile: MetricsProfile): boolean {
  return (
    [1, 5, 10, 20, 30].includes(periodSeconds) ||
    (periodSeconds > 0 && periodSeconds % 60 === 0) ||
    (periodSeconds > 0 && (periodSeconds * 1000) % profile.basePeriodMs === 0)
  );
}

/** The period that is answered: the one asked for, but never finer than, nor across, base periods. */
export function effectivePeriodMs(periodSeconds: number, profile: MetricsProfile): number {
  return Math.ceil((periodSeconds * 1000) / profile.basePeriodMs) * profile.basePeriodMs;
}

export type MetricClock = { readonly clock: Clock; readonly profile: MetricsProfile };
