import type { ConsumerEvent } from './events.ts';

/** Of one kind so many are told each for itself; a deployment moves thousands of leases at once. */
const OF_A_KIND_MAX = 20;

/** The first of each kind as they are, and how many more there were. */
export function boundEvents(events: readonly ConsumerEvent[]): readonly ConsumerEvent[] {
  if (events.length <= OF_A_KIND_MAX) return events;
  const counts = new Map<Exclude<ConsumerEvent['kind'], 'more'>, number>();
  const told: ConsumerEvent[] = [];
  for (const event of events) {
    if (event.kind === 'more') {
      told.push(event);
      continue;
    }
    const count = (counts.get(event.kind) ?? 0) + 1;
    counts.set(event.kind, count);
    if (count <= OF_A_KIND_MAX) told.push(event);
  }
  const [{ atMs } = { atMs: 0 }] = events;
  for (const [of, count] of counts) {
    if (count <= OF_A_KIND_MAX) continue;
    told.push({ kind: 'more', atMs, shardId: null, of, count: count - OF_A_KIND_MAX });
  }
  return told;
}
