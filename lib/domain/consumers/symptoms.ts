import type { WorkerHealth } from './application-health.ts';
import { recordTimeOf } from './checkpoint.ts';
import type { JudgedLease } from './lease-health.ts';
import { waitingSinceMs } from './lease-status.ts';
import { deadAfterMs } from './renewal.ts';
import { skewOf } from './skew.ts';
import {
  NAMED_SHARDS_MAX,
  type Symptom,
  type SymptomFigures,
  type SymptomKind,
  type SymptomOf,
} from './status.ts';
import type { Thresholds } from './thresholds.ts';
import type { ApplicationTrack, LeaseTrack } from './track.ts';

/** What an application's symptoms rest on. */
export type SymptomFacts = {
  readonly track: ApplicationTrack;
  readonly judged: readonly JudgedLease[];
  readonly workers: readonly WorkerHealth[];
  readonly retentionMs: number;
  readonly thresholds: Thresholds;
  readonly nowMs: number;
};

/** One lease that shows a symptom. `weight`: the worst has most. */
type Case = {
  readonly shardId: string;
  readonly worker: string | null;
  readonly sinceMs: number | null;
  readonly weight: number;
};

/** Of all leases the gravest first: what is lost, what stands still, what will be, what is merely so. */
export function symptomsOf(facts: SymptomFacts): readonly Symptom[] {
  return FINDERS.flatMap((find) => {
    const symptom = find(facts);
    return symptom === null ? [] : [symptom];
  });
}

type Finder = (facts: SymptomFacts) => Symptom | null;

const FINDERS: readonly Finder[] = [
  dataLoss,
  dataLossAhead,
  deadOwner,
  missingLease,
  unassigned,
  zombie,
  stuckHandoff,
  rewound,
  growingLag,
  churn,
  skew,
  excessWorkers,
  orphan,
  waitingForParent,
];

function dataLoss({ judged, retentionMs, nowMs }: SymptomFacts): Symptom | null {
  const cases = casesOf(judged, ({ health }) =>
    health.status === 'DATA_LOSS' && health.lag.kind === 'interval'
      ? health.lag.atMostMs + nowMs - health.lag.asOfMs
      : null,
  );
  return about('data-loss', cases, (ageMs) => ({ ageMs, retentionMs }));
}

function dataLossAhead(facts: SymptomFacts): Symptom | null {
  const { judged, retentionMs, thresholds } = facts;
  const cases = casesOf(judged, ({ health }) => {
    const { lag, status } = health;
    if (lag.kind !== 'interval' || status === 'DATA_LOSS') return null;
    return lag.atLeastMs >= retentionMs * thresholds.lossAheadShare ? lag.atMostMs : null;
  });
  const named = new Set(cases.map(({ shardId }) => shardId));
  const lossInMs = judged.reduce<number | null>((soonest, { health }) => {
    if (!named.has(health.shardId) || health.lossInMs === null) return soonest;
    return Math.min(soonest ?? health.lossInMs, health.lossInMs);
  }, null);
  // Since when it has been past that share is not what its status is since.
  const undated = cases.map((one) => ({ ...one, sinceMs: null }));
  return about('data-loss-ahead', undated, (ageMs) => ({ ageMs, retentionMs, lossInMs }));
}

function deadOwner({ judged, track, thresholds }: SymptomFacts): Symptom | null {
  let limitMs = thresholds.deadOwnerFloorMs;
  const cases = casesOf(
    judged,
    ({ facts }) => {
      if (facts === null || facts.deadSinceMs === null) return null;
      if (facts.track.lease.checkpoint.kind === 'shard-end') return null;
      if (track.counterIs === 'renewals') {
        limitMs = Math.max(limitMs, deadAfterMs(facts.track.renewEveryMs, thresholds));
      }
      return facts.track.seenMs - facts.deadSinceMs;
    },
    ({ facts }) => facts?.deadSinceMs ?? null,
  );
  return about('dead-owner', cases, (frozenMs) => ({ frozenMs, limitMs }));
}

function missingLease({ judged, track }: SymptomFacts): Symptom | null {
  const cases = casesOf(judged, ({ health }) =>
    health.status === 'MISSING_LEASE' && health.sinceMs !== null
      ? track.observedMs - health.sinceMs
      : null,
  );
  return about('missing-lease', cases, (missingMs) => ({ missingMs }));
}

function unassigned({ judged, track }: SymptomFacts): Symptom | null {
  const cases = casesOf(judged, ({ health, facts }) =>
    health.status === 'UNASSIGNED'
      ? track.observedMs - (health.sinceMs ?? facts?.track.firstSeenMs ?? track.observedMs)
      : null,
  );
  return about('unassigned', cases, (unownedMs) => ({ unownedMs }));
}

function zombie({ judged }: SymptomFacts): Symptom | null {
  let waitingRecords = 0;
  const cases = casesOf(judged, ({ health, facts }) => {
    if (health.status !== 'STALL' || facts === null) return null;
    waitingRecords += facts.arrived?.records ?? 0;
    return facts.track.seenMs - (waitingSinceMs(facts) ?? facts.track.seenMs);
  });
  return about('zombie', cases, (frozenMs) => ({ frozenMs, waitingRecords }));
}

/** A shard that was worked off while its lease was wanted needs no new owner: its row may keep the mark for ever. */
function stuckHandoff({ judged, thresholds }: SymptomFacts): Symptom | null {
  const sinceMs = ({ facts }: JudgedLease) => facts?.track.checkpointOwnerSinceMs ?? null;
  const cases = casesOf(
    judged,
    (one) => {
      const since = one.health.status === 'DONE' ? null : sinceMs(one);
      const lastsMs = since === null || one.facts === null ? 0 : one.facts.track.seenMs - since;
      return lastsMs > thresholds.handoffMs ? lastsMs : null;
    },
    sinceMs,
    ({ health }) => health.checkpointOwner,
  );
  return about('stuck-handoff', cases, (handoffMs) => ({ handoffMs }));
}

function rewound({ judged }: SymptomFacts): Symptom | null {
  const cases = casesOf(
    judged,
    ({ facts }) => (facts === null ? null : backMs(facts.track)),
    ({ facts }) => facts?.track.rewound?.atMs ?? null,
  );
  return about('rewound', cases, (furthestMs) => ({ backMs: furthestMs > 0 ? furthestMs : null }));
}

/** How far back it still is, 0 where its checkpoints carry no times; null where it did not go back. */
function backMs({ rewound: went, recordMs }: LeaseTrack): number | null {
  if (went === null) return null;
  const fromMs = recordTimeOf(went.from);
  return fromMs === null || recordMs === null ? 0 : fromMs - recordMs;
}

function growingLag({ judged, thresholds }: SymptomFacts): Symptom | null {
  const cases = casesOf(judged, ({ verdict }) =>
    verdict.growth === null ? null : verdict.growth.toMs - verdict.growth.fromMs,
  );
  const [worst] = cases;
  const growth = judged.find(({ health }) => health.shardId === worst?.shardId)?.verdict.growth;
  if (growth === undefined || growth === null) return null;
  return about('growing-lag', cases, () => ({
    fromMs: growth.fromMs,
    toMs: growth.toMs,
    overMs: thresholds.growthWindowMs,
  }));
}

function churn({ judged, thresholds }: SymptomFacts): Symptom | null {
  const { churnChanges, churnWindowMs: windowMs } = thresholds;
  const cases = casesOf(
    judged,
    ({ facts }) => {
      const changes = facts?.track.ownerChangesMs.length ?? 0;
      return changes >= churnChanges ? changes : null;
    },
    ({ facts }) => facts?.track.ownerChangesMs[0] ?? null,
  );
  return about('churn', cases, (changes) => ({ changes, windowMs }));
}

function skew({ track, thresholds }: SymptomFacts): Symptom | null {
  const { skewedSinceMs, observedMs } = track;
  if (skewedSinceMs === null || observedMs - skewedSinceMs < thresholds.skewMs) return null;
  const found = skewOf(
    [...track.leases.values()].map(({ lease }) => lease),
    thresholds,
  );
  if (found === null) return null;
  const { by, worker, most, mean } = found;
  return {
    kind: 'skew',
    sinceMs: skewedSinceMs,
    shardIds: [],
    shardCount: 0,
    workers: [worker],
    figures: { by, most, mean },
  };
}

/**
 * A shard has one reader of an application at a time: the workers beyond that have nothing to do. Whether one without
 * leases still runs is known only where workers report of themselves.
 */
function excessWorkers({ judged, workers, track }: SymptomFacts): Symptom | null {
  const fresh = workers.filter(
    (worker) => worker.fresh && (track.reportsWorkers || worker.leases > 0),
  );
  const leases = judged.filter(
    ({ facts, health }) => facts !== null && health.status !== 'DONE' && health.status !== 'ORPHAN',
  ).length;
  if (leases === 0 || fresh.length <= leases) return null;
  return {
    kind: 'excess-workers',
    sinceMs: null,
    shardIds: [],
    shardCount: 0,
    workers: fresh.filter((worker) => worker.leases === 0).map(({ workerId }) => workerId),
    figures: { workers: fresh.length, leases },
  };
}

function orphan({ judged }: SymptomFacts): Symptom | null {
  return about(
    'orphan',
    casesOf(judged, ({ health }) => (health.status === 'ORPHAN' ? 0 : null)),
    () => ({}),
  );
}

function waitingForParent({ judged }: SymptomFacts): Symptom | null {
  return about(
    'waiting-for-parent',
    casesOf(judged, ({ health }) => (health.status === 'WAITING_PARENT' ? 0 : null)),
    () => ({}),
  );
}

/** @param weigh null: the lease does not show it; else the more, the worse */
function casesOf(
  judged: readonly JudgedLease[],
  weigh: (lease: JudgedLease) => number | null,
  sinceMs: (lease: JudgedLease) => number | null = ({ health }) => health.sinceMs,
  worker: (lease: JudgedLease) => string | null = ({ health }) => health.owner,
): readonly Case[] {
  const cases: Case[] = [];
  for (const lease of judged) {
    const weight = weigh(lease);
    if (weight === null) continue;
    const { shardId } = lease.health;
    cases.push({ shardId, weight, sinceMs: sinceMs(lease), worker: worker(lease) });
  }
  return cases.sort((a, b) => b.weight - a.weight);
}

/** The symptom of these cases, worst first; null where there are none. `figures` get the worst one's weight. */
function about<Kind extends SymptomKind>(
  kind: Kind,
  cases: readonly Case[],
  figures: (worst: number) => SymptomFigures[Kind],
): SymptomOf<Kind> | null {
  const [worst] = cases;
  if (worst === undefined) return null;
  const workers = new Set(cases.map(({ worker }) => worker).filter((name) => name !== null));
  return {
    kind,
    sinceMs: earliest(cases),
    shardIds: cases.slice(0, NAMED_SHARDS_MAX).map(({ shardId }) => shardId),
    shardCount: cases.length,
    workers: [...workers],
    figures: figures(worst.weight),
  };
}

/** null where one of them began before anybody looked. */
function earliest(cases: readonly Case[]): number | null {
  return cases.reduce<number | null>(
    (first, { sinceMs }) => (first === null || sinceMs === null ? null : Math.min(first, sinceMs)),
    Number.POSITIVE_INFINITY,
  );
}
