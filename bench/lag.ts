import { arrivalsOf } from '#lib/domain/consumers/arrival-periods.ts';
import { evaluateApplication } from '#lib/domain/consumers/evaluate.ts';
import type { LeaseObservation } from '#lib/domain/consumers/observation.ts';
import { observe } from '#lib/domain/consumers/observe.ts';
import { packTrack } from '#lib/domain/consumers/pack-track.ts';
import { surveyShards } from '#lib/domain/consumers/shard-survey.ts';
import { THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { collectLag } from './collect-lag.ts';
import { median } from './median.ts';

const APPLICATIONS = 10;
const SHARDS = 5_000;
const WORKERS = 50;
/** The whole of the window in which lag is seen to grow. */
const ROUNDS = 66;
const ROUND_MS = 10_000;
const PERIOD_MS = 60_000;
const RUNS = 7;
const START_MS = Date.UTC(2026, 10, 23, 12);
const SHARD_IDS = Array.from({ length: SHARDS }, (_, i) => shardIdOf(i));

/**
 * Lag of 10 applications on a stream of 5,000 shards: a third of the leases keep up, a third fall behind, a third have
 * checkpoints that stand while records arrive.
 *
 * - `evaluateCpuMs`: CPU of evaluating all 50,000 leases once; median of seven. May be 200.
 * - `observeCpuMs`: CPU of taking in what 50,000 rows say
 * - `trackKB`: what is remembered of one application, packed; kB are 1,000 bytes
 * - the rest is of a real collector on an embedded world of that size: see collect-lag.ts
 */
export async function run(): Promise<Record<string, number>> {
  const survey = surveyShards(shards(), START_MS);
  const endMs = START_MS + ROUNDS * ROUND_MS;
  const tracks: ApplicationTrack[] = [];
  const observing: number[] = [];
  for (let application = 0; application < APPLICATIONS; application += 1) {
    let track: ApplicationTrack | null = null;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const observation = observationAt(round, application);
      const startedMs = cpuMs();
      track = observe(track, observation, survey).track;
      observing.push(cpuMs() - startedMs);
    }
    if (track !== null) tracks.push(track);
  }
  const evaluating: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    // Figures are read again each period: what was added up of them before is of no use then.
    const arrivals = arrivalsOf(arrivedUntil(endMs));
    const startedMs = cpuMs();
    for (const track of tracks) {
      const facts = { kind: 'kcl', track, survey, arrivals, retentionMs: 86_400_000 } as const;
      const { status, leases } = evaluateApplication(facts, THRESHOLDS, endMs);
      if (status !== 'STALL' || leases.length !== SHARDS) {
        throw new Error(
          `Expected ${SHARDS} leases, some stalled; got ${leases.length}, ${status}.`,
        );
      }
    }
    evaluating.push(cpuMs() - startedMs);
  }
  const [first] = tracks;
  return {
    evaluateCpuMs: Math.round(median(evaluating)),
    observeCpuMs: Math.round(median(observing) * APPLICATIONS),
    trackKB: first === undefined ? 0 : Math.round(packTrack(first).length / 1000),
    ...(await collectLag(APPLICATIONS, SHARDS)),
  };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function shards() {
  return uniformRanges(SHARDS).map((range, i) => ({
    shardId: shardIdOf(i),
    range,
    parentShardId: null,
    adjacentParentShardId: null,
    startingSequenceNumber: sequenceNumber(i, START_MS, 0n),
    endingSequenceNumber: null,
  }));
}

function sequenceNumber(shard: number, atMs: number, index: bigint) {
  return encodeSequenceNumber({
    shardCreatedSeconds: START_MS / 1000,
    recordSeconds: Math.floor(atMs / 1000),
    shardIndex: shard,
    sequenceIndex: index,
  });
}

function observationAt(round: number, application: number): LeaseObservation {
  const atMs = START_MS + round * ROUND_MS;
  return {
    atMs,
    throughMs: atMs + 500,
    counterIs: 'renewals',
    leases: SHARD_IDS.map((shardId, i) => ({
      shardId,
      owner: `worker-${application}-${i % WORKERS}`,
      checkpointOwner: null,
      counter: BigInt(round * 3),
      ownerSwitches: 0,
      checkpoint: {
        kind: 'sequence',
        sequenceNumber: sequenceNumber(i, placeAt(i, round), BigInt(placeAt(i, round))),
        subSequenceNumber: 0n,
      },
      hasPending: false,
      parentShardIds: [],
      childShardIds: [],
      throughputKBps: 100,
    })),
    unreadable: [],
    workers: null,
  };
}

/** Every third keeps up, goes at half the speed, or stops after a third of the time. */
function placeAt(shard: number, round: number): number {
  const goneMs = round * ROUND_MS;
  if (shard % 3 === 0) return START_MS + goneMs - 3_000;
  if (shard % 3 === 1) return START_MS + goneMs / 2;
  return START_MS + Math.min(goneMs, (ROUNDS * ROUND_MS) / 3) - 3_000;
}

function arrivedUntil(endMs: number) {
  return Array.from({ length: Math.floor((endMs - START_MS) / PERIOD_MS) }, (_, i) => ({
    startMs: START_MS + i * PERIOD_MS,
    endMs: START_MS + (i + 1) * PERIOD_MS,
    isSettled: true,
    shardIds: SHARD_IDS,
    records: new Float32Array(SHARDS).fill(600),
    bytes: new Float32Array(SHARDS).fill(600_000),
  }));
}
