import type { AdviceFacts } from '#lib/domain/advice/facts.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { HEALTH_THRESHOLDS } from '#lib/domain/health.ts';
import { windowOfPresent } from './windows.ts';

const HOUR_MS = 3_600_000;

/** Below the threshold, a lag that grows is told of when it would reach the end of retention so soon. */
const LOST_SOON_MS = 24 * HOUR_MS;
/** A lag of less says nothing of where it goes. */
const SHARE_MIN = 0.1;

/**
 * Retention against lag: what is not read before it is as old as the retention is lost. AWS advises an alarm at half
 * of it (developer guide, "Monitor with CloudWatch": IteratorAgeMilliseconds, Maximum).
 */
export function lagRule(facts: AdviceFacts): readonly FindingOf<'lag-nears-retention'>[] {
  const { present, history, retentionHours } = facts;
  const iteratorAgeMs = present?.iteratorAgeMs ?? null;
  if (present === null || iteratorAgeMs === null) return [];
  const retentionMs = retentionHours * HOUR_MS;
  const share = iteratorAgeMs / retentionMs;
  const growthMsPerHour = history?.iteratorAgeGrowthMsPerHour ?? null;
  const grows = growthMsPerHour !== null && growthMsPerHour > 0;
  const lostInMs = grows
    ? (Math.max(0, retentionMs - iteratorAgeMs) / growthMsPerHour) * HOUR_MS
    : null;
  const isCritical = share > HEALTH_THRESHOLDS.iteratorAgeShareOfRetention;
  const isComing = share >= SHARE_MIN && lostInMs !== null && lostInMs < LOST_SOON_MS;
  if (!isCritical && !isComing) return [];
  return [
    {
      id: 'lag-nears-retention',
      severity: isCritical ? 'critical' : 'warning',
      iteratorAgeMs,
      retentionMs,
      growthMsPerHour,
      lostInMs,
      window: windowOfPresent(present),
    },
  ];
}
