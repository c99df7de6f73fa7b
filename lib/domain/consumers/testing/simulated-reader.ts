import type { ArrivalPart } from '#lib/domain/consumers/arrival-periods.ts';
import type { Checkpoint } from '#lib/domain/consumers/checkpoint.ts';
import type { LeaseObservation } from '#lib/domain/consumers/observation.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';

/** What happens at the shard, and to its reader, for a while. */
export type Phase = {
  readonly seconds: number;
  /** Records that arrive a second, evenly; 0: idle. */
  readonly arriving: number;
  /** `crashed`: no worker; one that comes back begins at the checkpoint. */
  readonly worker: 'running' | 'crashed';
  /** Records that it can work off a second. */
  readonly reading: number;
};

export type Setting = {
  /** From a record's arrival to the time in its sequence number, rounded down to seconds: 990 to 1,470 ms. */
  readonly sequenceDelayMs: number;
  /** Between checkpoints, one after the other, over and over. */
  readonly checkpointSpacingsMs: readonly number[];
  /** Between observations, likewise. */
  readonly observationSpacingsMs: readonly number[];
  readonly periodMs: number;
  /** From a period's end until CloudWatch tells of it. */
  readonly metricDelayMs: number;
};

/** What the table and CloudWatch showed at one observation, and what was true. */
export type Moment = {
  readonly observation: LeaseObservation;
  readonly parts: readonly ArrivalPart[];
  /** The reader's true lag by its committed place, at any instant up to this observation. */
  lagAt(atMs: number): number;
  /** When the checkpoint was written that this observation shows; null: none was yet. */
  readonly writtenMs: number | null;
};

export const SIMULATED_SHARD = shardIdOf(0);
export const SIMULATION_STARTS_MS = Date.UTC(2026, 10, 23, 12);
const START_S = SIMULATION_STARTS_MS / 1000;
const STEP_MS = 100;
const POLL_MS = 1_000;
const RENEW_MS = 3_300;

/** Lives through the phases, and tells what each observation found. */
export function simulateReader(phases: readonly Phase[], setting: Setting): readonly Moment[] {
  const arrivals: number[] = [];
  const commits: { readonly atMs: number; readonly count: number }[] = [];
  const moments: Moment[] = [];
  let [processed, capacity, counter] = [0, 0, 1n];
  let [nowMs, owedRecords] = [SIMULATION_STARTS_MS, 0];
  let [nextPollMs, nextRenewMs] = [nowMs, nowMs];
  const checkpointSpacing = inTurn(setting.checkpointSpacingsMs);
  const observationSpacing = inTurn(setting.observationSpacingsMs);
  let nextCheckpointMs = nowMs + checkpointSpacing();
  let nextObservationMs = nowMs + observationSpacing();
  const committed = () => commits.at(-1)?.count ?? 0;

  for (const phase of phases) {
    if (phase.worker === 'crashed') processed = committed();
    const endMs = nowMs + phase.seconds * 1000;
    for (; nowMs < endMs; nowMs += STEP_MS) {
      owedRecords += (phase.arriving * STEP_MS) / 1000;
      for (; owedRecords >= 1; owedRecords -= 1) arrivals.push(nowMs);
      if (phase.worker === 'running') {
        if (nowMs >= nextPollMs) {
          nextPollMs = nowMs + POLL_MS;
          capacity = (phase.reading * POLL_MS) / 1000;
          processed = Math.min(arrivals.length, processed + Math.floor(capacity));
        }
        if (nowMs >= nextRenewMs) [nextRenewMs, counter] = [nowMs + RENEW_MS, counter + 1n];
        if (nowMs >= nextCheckpointMs) {
          nextCheckpointMs = nowMs + checkpointSpacing();
          if (processed !== committed()) commits.push({ atMs: nowMs, count: processed });
        }
      }
      if (nowMs >= nextObservationMs) {
        nextObservationMs = nowMs + observationSpacing();
        moments.push(observe(nowMs, counter, arrivals, commits, setting));
      }
    }
  }
  return moments;
}

function observe(
  nowMs: number,
  counter: bigint,
  arrivals: readonly number[],
  commits: readonly { readonly atMs: number; readonly count: number }[],
  setting: Setting,
): Moment {
  const seen = arrivals.length;
  const newest = commits.at(-1);
  const count = newest?.count ?? 0;
  return {
    observation: {
      atMs: nowMs,
      throughMs: nowMs,
      counterIs: 'renewals',
      leases: [
        {
          shardId: SIMULATED_SHARD,
          owner: 'worker-1',
          checkpointOwner: null,
          counter,
          ownerSwitches: 0,
          checkpoint: checkpointAt(count, arrivals, setting),
          hasPending: false,
          parentShardIds: [],
          childShardIds: [],
          throughputKBps: null,
        },
      ],
      unreadable: [],
      workers: null,
    },
    parts: partsUntil(nowMs - setting.metricDelayMs, arrivals, setting.periodMs),
    writtenMs: newest?.atMs ?? null,
    lagAt(atMs) {
      const place = commits.findLast((commit) => commit.atMs <= atMs)?.count ?? 0;
      const next = arrivals.slice(0, seen)[place];
      // What arrives at that very millisecond belongs to what comes after it, as CloudWatch's periods have it.
      if (next === undefined || next >= atMs) return 0;
      return atMs - (arrivals[place - 1] ?? SIMULATION_STARTS_MS);
    },
  };
}

function checkpointAt(count: number, arrivals: readonly number[], setting: Setting): Checkpoint {
  const arrivedMs = arrivals[count - 1];
  if (arrivedMs === undefined) return { kind: 'trim-horizon' };
  return {
    kind: 'sequence',
    subSequenceNumber: 0n,
    sequenceNumber: encodeSequenceNumber({
      shardCreatedSeconds: START_S,
      recordSeconds: Math.floor((arrivedMs - setting.sequenceDelayMs) / 1000),
      shardIndex: 0,
      sequenceIndex: BigInt(count),
    }),
  };
}

const COLUMNS = [SIMULATED_SHARD];

function partsUntil(
  untilMs: number,
  arrivals: readonly number[],
  periodMs: number,
): readonly ArrivalPart[] {
  const periods = Math.max(0, Math.floor((untilMs - SIMULATION_STARTS_MS) / periodMs));
  const counts = new Float32Array(periods).fill(Number.NaN);
  for (const arrivedMs of arrivals) {
    const period = Math.floor((arrivedMs - SIMULATION_STARTS_MS) / periodMs);
    if (period < periods) counts[period] = (counts[period] || 0) + 1;
  }
  return Array.from({ length: periods }, (_, i) => ({
    startMs: SIMULATION_STARTS_MS + i * periodMs,
    endMs: SIMULATION_STARTS_MS + (i + 1) * periodMs,
    isSettled: true,
    shardIds: COLUMNS,
    records: counts.slice(i, i + 1),
    bytes: counts.slice(i, i + 1),
  }));
}

function inTurn(values: readonly number[]): () => number {
  let next = 0;
  return () => {
    const value = values[next % values.length] ?? 1_000;
    next += 1;
    return value;
  };
}
