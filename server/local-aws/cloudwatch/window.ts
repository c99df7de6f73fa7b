import { CloudWatchError } from './cloudwatch-error.ts';
import { effectivePeriodMs, isPeriodAllowed, type MetricsProfile } from './metric-clock.ts';

/** Periods asked for: those that start in [startMs, endMs). Both are aligned to `periodMs`. */
export type Window = {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodMs: number;
};

/**
 * Aligns what was asked to periods, as CloudWatch does: a start within a period is rounded down to the
 * period's start, and an end takes every period that starts before it.
 */
export function alignWindow(
  startSeconds: number,
  endSeconds: number,
  periodSeconds: number,
  profile: MetricsProfile,
): Window {
  if (!isPeriodAllowed(periodSeconds, profile)) {
    throw new CloudWatchError(
      'ValidationException',
      `The value ${periodSeconds} for parameter Period is not valid: it has to be 1, 5, 10, 20, 30 or a multiple of 60.`,
    );
  }
  const periodMs = effectivePeriodMs(periodSeconds, profile);
  return {
    startMs: Math.floor((startSeconds * 1000) / periodMs) * periodMs,
    endMs: Math.ceil((endSeconds * 1000) / periodMs) * periodMs,
    periodMs,
  };
}

/** @throws CloudWatchError when the start is not before the end. */
export function requireOrder(startSeconds: number, endSeconds: number): void {
  if (!(startSeconds < endSeconds)) {
    throw new CloudWatchError(
      'InvalidParameterValueException',
      'The parameter StartTime must be less than the parameter EndTime.',
    );
  }
}

export function periodStartsOf(window: Window): number[] {
  const count = Math.max(0, (window.endMs - window.startMs) / window.periodMs);
  return Array.from({ length: count }, (_, i) => window.startMs + i * window.periodMs);
}
