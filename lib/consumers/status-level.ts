import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';
import type { HealthLevel } from '#lib/domain/health.ts';

/** How much a status calls for a person. */
const LEVELS: Readonly<Record<ConsumerStatus, HealthLevel>> = {
  DATA_LOSS: 'critical',
  STOP: 'critical',
  MISSING_LEASE: 'critical',
  UNASSIGNED: 'critical',
  STALL: 'critical',
  // Somebody may have meant it.
  REWIND: 'warning',
  WARN: 'warning',
  ORPHAN: 'warning',
  UNKNOWN: 'unknown',
  WAITING_PARENT: 'ok',
  OK: 'ok',
  DONE: 'ok',
};

/** @param lossAhead unread data has used up half of retention: somebody is needed, whatever the status */
export function levelOfStatus(status: ConsumerStatus, lossAhead: boolean): HealthLevel {
  return lossAhead ? 'critical' : LEVELS[status];
}

/** Does the status tell of a lease that goes nowhere? Such are hatched, as lag alone does not show it. */
export function isStuck(status: ConsumerStatus): boolean {
  return LEVELS[status] === 'critical' || status === 'REWIND';
}
