import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WHOLE_RING } from '#lib/domain/hash-range.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import type { Shard } from '#lib/domain/shard.ts';
import type { ApplicationHealth } from './application-health.ts';
import { arrivalsOf } from './arrival-periods.ts';
import { evaluateApplication } from './evaluate.ts';
import { ARRIVAL_DELAY_MAX_MS } from './lease-lag.ts';
import { observe } from './observe.ts';
import { surveyShards } from './shard-survey.ts';
import {
  type Moment,
  type Phase,
  type Setting,
  SIMULATED_SHARD,
  SIMULATION_STARTS_MS,
  simulateReader,
} from './testing/simulated-reader.ts';
import { THRESHOLDS } from './thresholds.ts';
import type { ApplicationTrack } from './track.ts';

const SHARD: Shard = {
  shardId: SIMULATED_SHARD,
  range: WHOLE_RING,
  parentShardId: null,
  adjacentParentShardId: null,
  startingSequenceNumber: encodeSequenceNumber({
    shardCreatedSeconds: SIMULATION_STARTS_MS / 1000,
    recordSeconds: SIMULATION_STARTS_MS / 1000,
    shardIndex: 0,
    sequenceIndex: 0n,
  }),
  endingSequenceNumber: null,
};
const SURVEY = surveyShards([SHARD], SIMULATION_STARTS_MS);

const LIVE: Setting = {
  sequenceDelayMs: 1_470,
  checkpointSpacingsMs: [5_000, 10_000, 7_000],
  observationSpacingsMs: [5_000],
  periodMs: 5_000,
  metricDelayMs: 0,
};
const CHECKPOINT_SPACING_MAX_MS = 10_000;

function evaluated(
  phases: readonly Phase[],
  setting: Setting,
): readonly { readonly moment: Moment; readonly health: ApplicationHealth }[] {
  let track: ApplicationTrack | null = null;
  return simulateReader(phases, setting).map((moment) => {
    ({ track } = observe(track, moment.observation, SURVEY));
    const facts = {
      kind: 'kcl',
      track,
      survey: SURVEY,
      arrivals: arrivalsOf(moment.parts),
      retentionMs: 86_400_000,
    } as const;
    return { moment, health: evaluateApplication(facts, THRESHOLDS, moment.observation.atMs) };
  });
}

const anyPhase: fc.Arbitrary<Phase> = fc.record({
  seconds: fc.integer({ min: 5, max: 150 }),
  arriving: fc.constantFrom(0, 0.1, 1, 20),
  worker: fc.constantFrom('running', 'running', 'running', 'crashed'),
  reading: fc.constantFrom(2, 15, 25, 400),
});

const anySetting: fc.Arbitrary<Setting> = fc.record({
  sequenceDelayMs: fc.integer({ min: 990, max: 1_470 }),
  checkpointSpacingsMs: fc.array(
    fc.integer({ min: 50, max: 100 }).map((n) => n * 100),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
  observationSpacingsMs: fc.array(fc.constantFrom(5_000, 5_000, 5_000, 10_000, 60_000), {
    minLength: 1,
    maxLength: 6,
  }),
  periodMs: fc.constantFrom(5_000, 60_000),
  metricDelayMs: fc.constantFrom(0, 0, 90_000),
});

/** Its counter moved once in a minute that nobody looked at, since it died at its beginning. */
const DIED_BETWEEN_LOOKS: [Phase[], Setting] = [
  [
    { seconds: 22, arriving: 0, worker: 'running', reading: 2 },
    { seconds: 74, arriving: 0.1, worker: 'running', reading: 2 },
    { seconds: 85, arriving: 0, worker: 'crashed', reading: 2 },
    { seconds: 5, arriving: 0, worker: 'running', reading: 2 },
  ],
  {
    sequenceDelayMs: 990,
    checkpointSpacingsMs: [8_000],
    observationSpacingsMs: [5_000, 60_000, 5_000, 5_000, 10_000, 5_000],
    periodMs: 60_000,
    metricDelayMs: 0,
  },
];

/** The instant that a lag is told of: when the checkpoint was written that was first seen then, or that instant. */
function toldInstantOf(asOfMs: number, method: string, before: readonly Moment[]): number {
  if (method !== 'checkpoint') return asOfMs;
  const shown = before.find(({ observation }) => observation.atMs === asOfMs);
  return shown?.writtenMs ?? Number.NaN;
}

describe('leaseLag', () => {
  it('always holds the true lag, whatever happens to shard, reader, observations and metrics', () => {
    fc.assert(
      fc.property(
        fc.array(anyPhase, { minLength: 1, maxLength: 6 }),
        anySetting,
        (phases, setting) => {
          const all = evaluated(phases, setting);
          const moments = all.map(({ moment }) => moment);
          for (const { moment, health } of all) {
            const { lag } = health;
            if (lag.kind !== 'interval') continue;
            const instantMs = toldInstantOf(lag.asOfMs, lag.method, moments);
            const truthMs = moment.lagAt(instantMs);
            expect({
              lag,
              truthMs,
              holds: lag.atLeastMs <= truthMs && truthMs <= lag.atMostMs,
            }).toEqual({
              lag,
              truthMs,
              holds: true,
            });
          }
        },
      ),
      { numRuns: 150, examples: [DIED_BETWEEN_LOOKS] },
    );
  });

  it.each([
    ['caught up', [{ seconds: 240, arriving: 20, worker: 'running', reading: 400 }]],
    [
      'idle',
      [
        { seconds: 120, arriving: 20, worker: 'running', reading: 400 },
        { seconds: 240, arriving: 0, worker: 'running', reading: 400 },
        { seconds: 60, arriving: 20, worker: 'running', reading: 400 },
      ],
    ],
    ['behind', [{ seconds: 600, arriving: 20, worker: 'running', reading: 10 }]],
    [
      'catching up',
      [
        { seconds: 400, arriving: 20, worker: 'running', reading: 4 },
        { seconds: 400, arriving: 20, worker: 'running', reading: 60 },
      ],
    ],
  ] satisfies readonly [string, readonly Phase[]][])(
    'is as narrow as checkpoints and observations allow: %s',
    (_, phases) => {
      const widths = evaluated(phases, LIVE)
        .slice(6)
        .map(({ health: { lag } }) =>
          lag.kind === 'interval' ? lag.atMostMs - lag.atLeastMs : Number.NaN,
        );
      const observationGapMs = 5_000;
      expect(Math.max(...widths)).toBeLessThanOrEqual(
        ARRIVAL_DELAY_MAX_MS + CHECKPOINT_SPACING_MAX_MS + observationGapMs,
      );
    },
  );
});
