import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import type { Lag } from '#lib/domain/consumers/lag.ts';
import type { ConsumerStatus } from '#lib/domain/consumers/status.ts';

/** Behind by more than this, a reader would have two parents to catch up with at once. */
const LAG_MS_MAX = 60_000;

const TROUBLED: ReadonlySet<ConsumerStatus> = new Set([
  'DATA_LOSS',
  'STOP',
  'MISSING_LEASE',
  'UNASSIGNED',
  'STALL',
  'WAITING_PARENT',
]);

/** Whether a reader is so far behind, or so badly off, that its shard should not be merged yet. What is unknown is not. */
export function holdsMergeBack({ lag, status }: Pick<LeaseHealth, 'lag' | 'status'>): boolean {
  return TROUBLED.has(status) || isFarBehind(lag);
}

/** The same of a reader of whom only the lag is known. */
export function isFarBehind(lag: Lag): boolean {
  return lag.kind === 'interval' && lag.atLeastMs > LAG_MS_MAX;
}
