import type { ApplicationHealth } from './application-health.ts';
import { boundEvents } from './bound-events.ts';
import type { ConsumerEvent } from './events.ts';

/**
 * What changed between two evaluations of an application: its own status first, then those of its leases. The first one
 * tells nothing: how it was before is not known.
 */
export function statusEvents(
  before: ApplicationHealth | null,
  after: ApplicationHealth,
  atMs: number,
): readonly ConsumerEvent[] {
  if (before === null) return [];
  const events: ConsumerEvent[] = [];
  const change = (shardId: string | null, from: typeof before.status, to: typeof from) => {
    if (from !== to) events.push({ kind: 'status-changed', atMs, shardId, from, to });
  };
  change(null, before.status, after.status);
  const was = new Map(before.leases.map(({ shardId, status }) => [shardId, status]));
  for (const { shardId, status } of after.leases) {
    const from = was.get(shardId);
    // That a lease came up is an event of its own.
    if (from !== undefined) change(shardId, from, status);
  }
  return boundEvents(events);
}
