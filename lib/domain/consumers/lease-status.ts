import type { UnknownStatus } from './application-health.ts';
import type { Lag } from './lag.ts';
import { hasUnreadBy, isQuiet, type LeaseFacts, stallAfterMs } from './lease-lag.ts';
import { type Growth, growthOf } from './pace.ts';
import type { ShardSurvey } from './shard-survey.ts';
import type { ConsumerStatus } from './status.ts';
import type { Thresholds } from './thresholds.ts';
import type { ApplicationTrack } from './track.ts';

/** What a rule says of a lease. */
export type Verdict = {
  readonly status: ConsumerStatus;
  readonly sinceMs: number | null;
  readonly unknown: UnknownStatus | null;
  /** Set where the status is WARN. */
  readonly growth: Growth | null;
};

export type LeaseQuestion = {
  readonly facts: LeaseFacts;
  readonly lag: Lag;
  readonly application: ApplicationTrack;
  readonly survey: ShardSurvey;
  readonly retentionMs: number;
  readonly thresholds: Thresholds;
  readonly nowMs: number;
};

type Rule = (question: LeaseQuestion) => Verdict | null;

/** The first rule that holds decides. What is lost or stands still goes before what will be. */
const RULES: readonly Rule[] = [
  done,
  orphan,
  dataLoss,
  stopped,
  waitingForParent,
  unassigned,
  stalled,
  rewound,
  growing,
  unknown,
];

const OK: Verdict = { status: 'OK', sinceMs: null, unknown: null, growth: null };

export function leaseStatus(question: LeaseQuestion): Verdict {
  for (const rule of RULES) {
    const verdict = rule(question);
    if (verdict !== null) return verdict;
  }
  return OK;
}

/** 1. It has worked off its closed shard. So have leases of shards that are gone since: the library deletes them later. */
function done({ facts: { track } }: LeaseQuestion): Verdict | null {
  return track.lease.checkpoint.kind === 'shard-end' ? verdictOf('DONE', null) : null;
}

/** 2. The stream does not have its shard, though its shards were listed after the lease was seen. */
function orphan({ facts: { track, shard }, survey }: LeaseQuestion): Verdict | null {
  if (shard !== null) return null;
  return survey.listedMs < track.firstSeenMs
    ? unknownFor('shard-not-listed')
    : verdictOf('ORPHAN', null);
}

/** 3. A record that it has not read is older than what is retained: surely so, from the end of its period. */
function dataLoss({ facts, retentionMs, nowMs }: LeaseQuestion): Verdict | null {
  const { arrived, track } = facts;
  if (track.lease.checkpoint.kind !== 'sequence' || !hasUnreadBy(arrived, nowMs - retentionMs)) {
    return null;
  }
  return verdictOf('DATA_LOSS', (arrived?.firstEndMs ?? 0) + retentionMs);
}

/** 4. Its owner has not renewed it for longer than an owner at work does. */
function stopped({ facts: { deadSinceMs } }: LeaseQuestion): Verdict | null {
  return deadSinceMs === null ? null : verdictOf('STOP', deadSinceMs);
}

/** 5. It has begun nothing, and a parent has a lease that is not at SHARD_END: records are read in their order. */
function waitingForParent({ facts, application }: LeaseQuestion): Verdict | null {
  const { lease, firstSeenMs } = facts.track;
  if (lease.checkpoint.kind === 'sequence') return null;
  const parentIds = facts.shard?.parentIds ?? lease.parentShardIds;
  const isWaiting = parentIds.some((parentId) => isUnfinished(application, parentId));
  return isWaiting ? verdictOf('WAITING_PARENT', firstSeenMs) : null;
}

export function isUnfinished(application: ApplicationTrack, shardId: string): boolean {
  const kind = application.leases.get(shardId)?.lease.checkpoint.kind;
  return kind !== undefined && kind !== 'shard-end';
}

/** 6. Nobody owned it, and nobody was handing it over, in several observations. */
function unassigned({ facts: { track }, thresholds }: LeaseQuestion): Verdict | null {
  return track.unownedPolls >= thresholds.unassignedPolls
    ? verdictOf('UNASSIGNED', track.ownerSinceMs)
    : null;
}

/** 7. It is renewed, and its checkpoint stands though a record has waited for it for long. */
function stalled({ facts, application, thresholds }: LeaseQuestion): Verdict | null {
  const { track } = facts;
  const isRenewed = application.counterIs === 'expiry' || track.aliveSinceMs !== null;
  if (track.lease.owner === null || !isRenewed) return null;
  const sinceMs = waitingSinceMs(facts);
  if (
    sinceMs === null ||
    track.seenMs - sinceMs <= stallAfterMs(facts.checkpointEveryMs, thresholds)
  ) {
    return null;
  }
  return verdictOf('STALL', sinceMs);
}

/** Since when a record surely waits and the checkpoint stands; null where that cannot be shown. */
export function waitingSinceMs({ track, arrived, isShardEmpty }: LeaseFacts): number | null {
  if (isShardEmpty || !hasUnreadBy(arrived, track.seenMs)) return null;
  const arrivedMs = arrived?.firstEndMs ?? track.seenMs;
  // A worker that has just come has not had the time for it.
  return Math.max(track.checkpointSeenMs, arrivedMs, track.aliveSinceMs ?? 0);
}

/** 8. Its checkpoint went back, and is not there again. */
function rewound({ facts: { track } }: LeaseQuestion): Verdict | null {
  return track.rewound === null ? null : verdictOf('REWIND', track.rewound.atMs);
}

/** 9. Its lag surely grew over the window. */
function growing({ facts, lag, thresholds }: LeaseQuestion): Verdict | null {
  const growth = growthOf(facts, lag, thresholds);
  if (growth === null) return null;
  return { status: 'WARN', sinceMs: growth.sinceMs, unknown: null, growth };
}

/** 10. Too little is known to call it well. */
function unknown({ facts, lag, application }: LeaseQuestion): Verdict | null {
  const { track } = facts;
  if (lag.kind === 'unknown' && lag.reason === 'unreadable-checkpoint') {
    return unknownFor('unreadable-checkpoint');
  }
  const isMoving = application.counterIs === 'expiry' || track.aliveSinceMs !== null;
  if (application.previousMs === null || !isMoving) return unknownFor('seen-once');
  if (lag.kind === 'unknown') {
    return unknownFor(lag.reason === 'seen-once' ? 'seen-once' : 'nothing-checkpointed');
  }
  const isInTheDark = !isQuiet(facts) && !hasUnreadBy(facts.arrived, track.seenMs);
  return facts.hasStoodLong && isInTheDark ? unknownFor('arrivals-unknown') : null;
}

export function verdictOf(status: ConsumerStatus, sinceMs: number | null): Verdict {
  return { status, sinceMs, unknown: null, growth: null };
}

export function unknownFor(reason: UnknownStatus): Verdict {
  return { status: 'UNKNOWN', sinceMs: null, unknown: reason, growth: null };
}
