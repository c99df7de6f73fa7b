import type { ShardId } from '#lib/domain/shard.ts';
import { isUnfinished, unknownFor, type Verdict, verdictOf } from './lease-status.ts';
import type { ShardSurvey, SurveyedShard } from './shard-survey.ts';
import type { Thresholds } from './thresholds.ts';
import type { ApplicationTrack } from './track.ts';

/**
 * What is to be said of a shard that has no lease. The library makes a child's lease when its parent is worked off; each
 * two minutes it looks for ranges that no lease covers, and acts on a hole that it has seen three times.
 *
 * @returns null for a closed shard that needs none: it was worked off, or the application began after it
 */
export function missingLease(
  shard: SurveyedShard,
  application: ApplicationTrack,
  survey: ShardSurvey,
  thresholds: Thresholds,
): Verdict | null {
  const missing = application.missing.get(shard.shardId);
  if (!shard.isOpen && missing === undefined) return null;
  if (hasUnfinishedAncestor(shard, application, survey)) return verdictOf('WAITING_PARENT', null);
  if (missing === undefined) return unknownFor('unreadable-row');
  return application.observedMs - missing.sinceMs > thresholds.missingLeaseMs
    ? verdictOf('MISSING_LEASE', missing.sinceMs)
    : unknownFor('no-lease-yet');
}

function hasUnfinishedAncestor(
  shard: SurveyedShard,
  application: ApplicationTrack,
  survey: ShardSurvey,
): boolean {
  const toVisit: ShardId[] = [...shard.parentIds];
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    if (isUnfinished(application, next)) return true;
    // A finished parent has left its range to its children: what is before it does not cover it any more.
    if (!application.leases.has(next)) toVisit.push(...(survey.shards.get(next)?.parentIds ?? []));
  }
  return false;
}
