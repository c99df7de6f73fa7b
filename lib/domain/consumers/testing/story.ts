import type { ApplicationHealth } from '#lib/domain/consumers/application-health.ts';
import { arrivalsOf } from '#lib/domain/consumers/arrival-periods.ts';
import type { Checkpoint } from '#lib/domain/consumers/checkpoint.ts';
import { evaluateApplication } from '#lib/domain/consumers/evaluate.ts';
import type { ConsumerEvent } from '#lib/domain/consumers/events.ts';
import type { ObservedLease, ObservedWorker } from '#lib/domain/consumers/observation.ts';
import { observe } from '#lib/domain/consumers/observe.ts';
import { surveyShards } from '#lib/domain/consumers/shard-survey.ts';
import { THRESHOLDS, type Thresholds } from '#lib/domain/consumers/thresholds.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { type Shard, shardIdOf } from '#lib/domain/shard.ts';

const STORY_STARTS_MS = Date.UTC(2026, 10, 23, 12);
const PERIOD_MS = 60_000;
const RETENTION_MS = 86_400_000;

/** What a table holds, and what happens on the stream, at second `s` of a story. */
export type Scene = {
  readonly leases: (s: number) => readonly ObservedLease[];
  readonly shards?: readonly Shard[];
  /** Records of each period and shard; 600 unless told. null: shard-level metrics are off, and the stream has some. */
  readonly arriving?: (s: number, shardId: string) => number | null;
  readonly workers?: (s: number) => readonly ObservedWorker[] | null;
  readonly unreadable?: readonly string[];
  /** `renewals` unless told: the KCL. */
  readonly counterIs?: 'renewals' | 'expiry';
  readonly everySeconds?: number;
  readonly retentionMs?: number;
  readonly thresholds?: Thresholds;
};

export type Told = {
  readonly health: ApplicationHealth;
  readonly events: readonly ConsumerEvent[];
  readonly track: ApplicationTrack;
};

/** What is told of an application after it was watched for so many seconds. */
export function tell(scene: Scene, seconds: number): Told {
  const shards = scene.shards ?? [shardOf(0)];
  const survey = surveyShards(shards, STORY_STARTS_MS);
  const thresholds = scene.thresholds ?? THRESHOLDS;
  const every = scene.everySeconds ?? 10;
  let track: ApplicationTrack | null = null;
  const events: ConsumerEvent[] = [];
  let last = 0;
  for (let s = 0; s <= seconds; s += every) {
    const observation = {
      atMs: at(s),
      throughMs: at(s),
      counterIs: scene.counterIs ?? 'renewals',
      leases: scene.leases(s),
      unreadable: scene.unreadable ?? [],
      workers: scene.workers?.(s) ?? null,
    };
    const next = observe(track, observation, survey, thresholds);
    track = next.track;
    events.push(...next.events);
    last = s;
  }
  if (track === null) throw new Error('A story takes one observation at least.');
  const facts = {
    kind: 'kcl',
    track,
    survey,
    arrivals: arrivalsOf(partsUntil(last, shards, scene)),
    retentionMs: scene.retentionMs ?? RETENTION_MS,
  } as const;
  return { health: evaluateApplication(facts, thresholds, at(last)), events, track };
}

export function at(s: number): number {
  return STORY_STARTS_MS + s * 1000;
}

/** Half a day before the story, so that its shards are older than what is watched. */
const CREATED_S = -43_200;

export function shardOf(index: number, more: Partial<Shard> = {}): Shard {
  const [range] = uniformRanges(8).slice(index % 8);
  if (range === undefined) throw new Error('There are eight ranges.');
  return {
    shardId: shardIdOf(index),
    range,
    parentShardId: null,
    adjacentParentShardId: null,
    startingSequenceNumber: sequenceAt(CREATED_S, index, 0),
    endingSequenceNumber: null,
    ...more,
  };
}

export function sequenceAt(s: number, shard: number, index: number) {
  return encodeSequenceNumber({
    shardCreatedSeconds: at(CREATED_S) / 1000,
    recordSeconds: at(s) / 1000,
    shardIndex: shard,
    sequenceIndex: BigInt(index + 1_000_000),
  });
}

/** A checkpoint at the record of second `s`. */
export function checkpointAt(s: number, shard = 0): Checkpoint {
  const second = Math.floor(s);
  return {
    kind: 'sequence',
    sequenceNumber: sequenceAt(second, shard, second),
    subSequenceNumber: 0n,
  };
}

/** A lease that is renewed each 5 s by worker-1, and whose checkpoint follows the shard by 3 s. */
export function leaseAt(s: number, more: Partial<ObservedLease> = {}, shard = 0): ObservedLease {
  return {
    shardId: shardIdOf(shard),
    owner: 'worker-1',
    checkpointOwner: null,
    counter: BigInt(1_000 + Math.floor(s / 5)),
    ownerSwitches: 0,
    checkpoint: checkpointAt(s - 3, shard),
    hasPending: false,
    parentShardIds: [],
    childShardIds: [],
    throughputKBps: null,
    ...more,
  };
}

function partsUntil(seconds: number, shards: readonly Shard[], scene: Scene) {
  const shardIds = shards.map(({ shardId }) => shardId);
  const arriving = scene.arriving ?? (() => 600);
  const periodS = PERIOD_MS / 1000;
  const first = CREATED_S / periodS;
  const periods = Math.floor(seconds / periodS) - first;
  return Array.from({ length: periods }, (_, i) => {
    const startS = (first + i) * periodS;
    const counts = shardIds.map((shardId) => arriving(startS, shardId));
    const isByShard = counts.every((count) => count !== null);
    const records = isByShard
      ? Float32Array.from(counts, (count) => count ?? 0)
      : Float32Array.of(600);
    return {
      startMs: at(startS),
      endMs: at(startS + periodS),
      isSettled: true,
      shardIds: isByShard ? shardIds : null,
      records,
      bytes: records.map((count) => count * 1_000),
    };
  });
}
