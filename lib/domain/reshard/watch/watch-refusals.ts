import type { Refusals } from '#lib/domain/advice/facts.ts';

/** Without a refused record for so long, it is believed that none will be: producers send in gulps. */
const CALM_MS = 120_000;

/**
 * What has become of refused records. `none`: neither before nor after. `ended`: before, and not any more. `calming`:
 * none in the newest periods, for too short a time to be believed. `goes-on`: up to now.
 */
export type RefusalsWatch = {
  readonly outcome: 'none' | 'ended' | 'calming' | 'goes-on' | 'unknown';
  /** null: nothing is recorded of that time. */
  readonly before: Refusals | null;
  readonly after: Refusals | null;
};

export function watchRefusals(before: Refusals | null, after: Refusals | null): RefusalsWatch {
  return { outcome: outcomeOf(before, after), before, after };
}

function outcomeOf(before: Refusals | null, after: Refusals | null): RefusalsWatch['outcome'] {
  if (after === null || after.periods === 0) return 'unknown';
  const calmMs = after.toMs - (after.lastThrottledAtMs ?? after.fromMs);
  if (after.throttledRun > 0) return 'goes-on';
  if (calmMs < CALM_MS) return 'calming';
  if (after.throttledRecords > 0 || (before?.throttledRecords ?? 0) > 0) return 'ended';
  return before === null ? 'unknown' : 'none';
}
