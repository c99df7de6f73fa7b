import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import { rankOf } from '#lib/domain/consumers/status.ts';
import type { LineageShard } from '#lib/domain/lineage.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { ShardsOfReshard } from './shards-of-reshard.ts';

/** A consumer at its newest reading. `leases`: null where its kind keeps none, so that no shard can be told of. */
export type ReadingOfApplication = {
  /** Epoch milliseconds on AWS's clock. */
  readonly observedAtMs: number;
  readonly leases: readonly LeaseHealth[] | null;
};

/**
 * How a consumer has come on with a closed shard. `drained`: read to its end, so that it needs no lease any more.
 * `expired`: retention took it; what was unread then is lost. `unknown`: not read since it was closed.
 */
type ParentProgress = 'drained' | 'unread' | 'expired' | 'unknown';

/**
 * How a consumer has come on with a new shard. `advancing`: its checkpoint moves, or nothing is left to be read.
 * `waiting`: for its parents, or for the lease that the library makes within minutes. `behind`: its lag grows.
 * `troubled`: nobody reads it, or its reader stands still.
 */
type ChildProgress = 'advancing' | 'waiting' | 'behind' | 'troubled' | 'unknown';

/** `settled`: parents drained, children advancing. */
export type WatchVerdict = 'settled' | 'under-way' | 'attention' | 'unknown';

export type ApplicationWatch = {
  readonly verdict: WatchVerdict;
  readonly parents: Readonly<Record<ParentProgress, number>>;
  readonly children: Readonly<Record<ChildProgress, number>>;
  /** The parent that is furthest from drained, as far as that is known. */
  readonly slowestParent: Pick<
    LeaseHealth,
    'shardId' | 'lag' | 'backlogRecords' | 'caughtUpInMs'
  > | null;
  /** Of those that are troubled or behind. */
  readonly worstChild: Pick<LeaseHealth, 'shardId' | 'status' | 'lag'> | null;
};

/** How one consumer follows a reshard. @param reading null: it was not read yet */
export function watchApplication(
  { parents, children }: Pick<ShardsOfReshard, 'parents' | 'children'>,
  reading: ReadingOfApplication | null,
): ApplicationWatch {
  const leases = new Map(reading?.leases?.map((lease) => [lease.shardId, lease]));
  const parentCounts = { drained: 0, unread: 0, expired: 0, unknown: 0 };
  const unread: LeaseHealth[] = [];
  const unreadIds = new Set<ShardId>();
  // Oldest first: what comes after an unread one has no lease yet, and is no more read for that.
  for (const parent of parents) {
    const { shardId, parentShardId, adjacentParentShardId } = parent.shard;
    const lease = leases.get(shardId) ?? null;
    const comesLater = [parentShardId, adjacentParentShardId].some(
      (id) => id !== null && unreadIds.has(id),
    );
    const progress =
      lease === null && comesLater ? 'unread' : parentProgress(parent, lease, reading);
    parentCounts[progress] += 1;
    if (progress === 'unread') unreadIds.add(shardId);
    if (progress === 'unread' && lease !== null) unread.push(lease);
  }
  const childCounts = { advancing: 0, waiting: 0, behind: 0, troubled: 0, unknown: 0 };
  const bad: LeaseHealth[] = [];
  for (const child of children) {
    const lease = leases.get(child.shard.shardId) ?? null;
    const progress = childProgress(child, lease, reading);
    childCounts[progress] += 1;
    if (lease !== null && (progress === 'troubled' || progress === 'behind')) bad.push(lease);
  }
  return {
    verdict: verdictOf(parentCounts, childCounts),
    parents: parentCounts,
    children: childCounts,
    slowestParent: unread.toSorted((a, b) => behindMs(b) - behindMs(a))[0] ?? null,
    worstChild: bad.toSorted((a, b) => rankOf(a.status) - rankOf(b.status))[0] ?? null,
  };
}

function parentProgress(
  { shard, state, endedAtMs }: LineageShard,
  lease: LeaseHealth | null,
  reading: ReadingOfApplication | null,
): ParentProgress {
  if (lease?.status === 'DONE') return 'drained';
  if (state === 'expired') return 'expired';
  if (reading === null || reading.leases === null) return 'unknown';
  if (lease !== null) return 'unread';
  // The evaluation lists each closed shard that still has to be read: this one has not, if it saw that it was closed.
  const isSeenClosed =
    shard.endingSequenceNumber !== null && endedAtMs !== null && reading.observedAtMs > endedAtMs;
  return isSeenClosed ? 'drained' : 'unknown';
}

function childProgress(
  { createdAtMs }: LineageShard,
  lease: LeaseHealth | null,
  reading: ReadingOfApplication | null,
): ChildProgress {
  const isSeen = reading !== null && (createdAtMs === null || reading.observedAtMs > createdAtMs);
  if (lease === null || !isSeen) return 'unknown';
  switch (lease.status) {
    case 'OK':
    case 'DONE':
      return 'advancing';
    case 'WAITING_PARENT':
      return 'waiting';
    case 'WARN':
      return 'behind';
    case 'UNKNOWN':
      return lease.unknown === 'no-lease-yet' ? 'waiting' : 'unknown';
    case 'STALL':
    case 'STOP':
    case 'REWIND':
    case 'UNASSIGNED':
    case 'MISSING_LEASE':
    case 'ORPHAN':
    case 'DATA_LOSS':
      return 'troubled';
  }
}

function verdictOf(
  parents: ApplicationWatch['parents'],
  children: ApplicationWatch['children'],
): WatchVerdict {
  if (children.troubled > 0 || children.behind > 0) return 'attention';
  if (parents.unread > 0 || children.waiting > 0) return 'under-way';
  return parents.unknown > 0 || children.unknown > 0 ? 'unknown' : 'settled';
}

/** What is unknown may be furthest. */
function behindMs({ lag }: LeaseHealth): number {
  return lag.kind === 'interval' ? lag.atMostMs : Number.MAX_VALUE;
}
