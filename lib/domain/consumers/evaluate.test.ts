import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { Checkpoint } from './checkpoint.ts';
import { evaluateApplication } from './evaluate.ts';
import { type ConsumerStatus, STATUSES_WORST_FIRST, type SymptomKind } from './status.ts';
import {
  at,
  checkpointAt,
  leaseAt,
  type Scene,
  sequenceAt,
  shardOf,
  tell,
} from './testing/story.ts';
import { scaleThresholds, THRESHOLDS } from './thresholds.ts';

const TRIM_HORIZON: Checkpoint = { kind: 'trim-horizon' };
const SHARD_END: Checkpoint = { kind: 'shard-end' };
const PARENT = shardOf(0, { endingSequenceNumber: sequenceAt(0, 0, 9) });
const CHILD = shardOf(8, { parentShardId: PARENT.shardId });

type Example = {
  readonly of: string;
  readonly scene: Scene;
  readonly seconds: number;
  readonly status: ConsumerStatus;
  readonly symptoms: readonly SymptomKind[];
};

const EXAMPLES: readonly Example[] = [
  {
    of: 'a reader that keeps up',
    scene: { leases: (s) => [leaseAt(s)] },
    seconds: 120,
    status: 'OK',
    symptoms: [],
  },
  {
    of: 'a reader on a shard that went idle long ago',
    scene: {
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(-3_000) })],
      arriving: (s) => (s < -3_000 ? 600 : 0),
    },
    seconds: 600,
    status: 'OK',
    symptoms: [],
  },
  {
    of: 'a reader that is an hour behind, and neither gains nor loses',
    scene: { leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s - 3_600) })] },
    seconds: 900,
    status: 'OK',
    symptoms: [],
  },
  {
    of: 'one observation',
    scene: { leases: (s) => [leaseAt(s)] },
    seconds: 0,
    status: 'UNKNOWN',
    symptoms: [],
  },
  {
    of: 'a checkpoint that is no number',
    scene: { leases: (s) => [leaseAt(s, { checkpoint: { kind: 'unknown', text: 'x' } })] },
    seconds: 120,
    status: 'UNKNOWN',
    symptoms: [],
  },
  {
    of: 'a checkpoint that stands while nobody knows what arrives at the shard',
    scene: {
      shards: [shardOf(0), shardOf(1)],
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(-60) }), leaseAt(s, {}, 1)],
      arriving: () => null,
    },
    seconds: 900,
    status: 'UNKNOWN',
    symptoms: [],
  },
  {
    of: 'a reader that falls behind',
    scene: { leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s / 2 - 60) })] },
    seconds: 900,
    status: 'WARN',
    symptoms: ['growing-lag'],
  },
  {
    of: 'a worker that renews and hangs',
    scene: { leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(Math.min(s, 100) - 3) })] },
    seconds: 400,
    status: 'STALL',
    symptoms: ['zombie'],
  },
  {
    of: 'a worker that hangs at the very beginning',
    scene: { leases: (s) => [leaseAt(s, { checkpoint: TRIM_HORIZON })] },
    seconds: 400,
    status: 'STALL',
    symptoms: ['zombie'],
  },
  {
    of: 'a worker that died',
    scene: { leases: (s) => [leaseAt(Math.min(s, 100))] },
    seconds: 180,
    status: 'STOP',
    symptoms: ['dead-owner'],
  },
  {
    of: 'a checkpoint that went back an hour',
    scene: {
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s < 60 ? s - 3 : s - 3_600) })],
    },
    seconds: 120,
    status: 'REWIND',
    symptoms: ['rewound'],
  },
  {
    of: 'a lease that nobody takes',
    scene: { leases: (s) => [leaseAt(Math.min(s, 60), s < 60 ? {} : { owner: null })] },
    seconds: 100,
    status: 'UNASSIGNED',
    symptoms: ['unassigned'],
  },
  {
    of: 'a child whose parent is being read',
    scene: {
      shards: [PARENT, CHILD],
      leases: (s) => [
        leaseAt(s, { checkpoint: checkpointAt(s - 3_600) }),
        leaseAt(s, { checkpoint: TRIM_HORIZON, parentShardIds: [PARENT.shardId] }, 8),
      ],
    },
    seconds: 60,
    status: 'WAITING_PARENT',
    symptoms: ['waiting-for-parent'],
  },
  {
    of: 'a shard without a lease for ten minutes',
    scene: { shards: [shardOf(0), shardOf(1)], leases: (s) => [leaseAt(s)] },
    seconds: 600,
    status: 'MISSING_LEASE',
    symptoms: ['missing-lease'],
  },
  {
    of: 'a shard without a lease for five minutes',
    scene: { shards: [shardOf(0), shardOf(1)], leases: (s) => [leaseAt(s)] },
    seconds: 300,
    status: 'UNKNOWN',
    symptoms: [],
  },
  {
    of: 'a closed shard whose lease went away unfinished',
    scene: {
      shards: [PARENT, CHILD],
      leases: (s) => [
        ...(s < 60 ? [leaseAt(s, { checkpoint: checkpointAt(-600) })] : []),
        leaseAt(s, {}, 8),
      ],
    },
    seconds: 700,
    status: 'MISSING_LEASE',
    symptoms: ['missing-lease'],
  },
  {
    of: 'a lease of a shard that is gone',
    scene: { leases: (s) => [leaseAt(s), leaseAt(s, {}, 5)] },
    seconds: 60,
    status: 'ORPHAN',
    symptoms: ['orphan'],
  },
  {
    of: 'a place older than what is retained',
    scene: {
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s - 4_000) })],
      retentionMs: 3_600_000,
    },
    seconds: 120,
    status: 'DATA_LOSS',
    symptoms: ['data-loss'],
  },
  {
    of: 'a place past half of retention',
    scene: {
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s - 2_000) })],
      retentionMs: 3_600_000,
    },
    seconds: 120,
    status: 'OK',
    symptoms: ['data-loss-ahead'],
  },
  {
    of: 'shards that are all worked off',
    scene: {
      shards: [PARENT],
      leases: (s) => [leaseAt(s, { owner: null, checkpoint: SHARD_END })],
    },
    seconds: 60,
    status: 'DONE',
    symptoms: [],
  },
  {
    of: 'a handover that does not end',
    scene: { leases: (s) => [leaseAt(s, s < 30 ? {} : { checkpointOwner: 'worker-0' })] },
    seconds: 180,
    status: 'OK',
    symptoms: ['stuck-handoff'],
  },
  {
    of: 'a shard that was worked off while it was handed over',
    scene: {
      shards: [PARENT],
      leases: (s) => [leaseAt(s, { checkpoint: SHARD_END, checkpointOwner: 'worker-0' })],
    },
    seconds: 180,
    status: 'DONE',
    symptoms: [],
  },
  {
    of: 'a lease that changes hands each half minute',
    scene: { leases: (s) => [leaseAt(s, { owner: `worker-${Math.floor(s / 30) % 2}` })] },
    seconds: 180,
    status: 'OK',
    symptoms: ['churn'],
  },
  {
    of: 'three workers that report of themselves, for one shard',
    scene: {
      leases: (s) => [leaseAt(s)],
      workers: (s) =>
        ['worker-1', 'worker-2', 'worker-3'].map((workerId) => ({
          workerId,
          lastUpdatedMs: at(s - 20),
        })),
    },
    seconds: 120,
    status: 'OK',
    symptoms: ['excess-workers'],
  },
  {
    of: 'leases of KCL 2 that lie on one worker',
    scene: {
      shards: [0, 1, 2, 3, 4, 5].map((i) => shardOf(i)),
      leases: (s) =>
        [0, 1, 2, 3, 4, 5].map((i) => leaseAt(s, { owner: i === 5 ? 'worker-2' : 'worker-1' }, i)),
    },
    seconds: 700,
    status: 'OK',
    symptoms: ['skew'],
  },
  {
    of: 'leases of KCL 3 whose counts differ, and whose throughput does not',
    scene: {
      shards: [0, 1, 2, 3, 4].map((i) => shardOf(i)),
      leases: (s) =>
        [0, 1, 2, 3, 4].map((i) =>
          i === 4
            ? leaseAt(s, { owner: 'worker-2', throughputKBps: 400 }, i)
            : leaseAt(s, { throughputKBps: 100 }, i),
        ),
    },
    seconds: 700,
    status: 'OK',
    symptoms: [],
  },
];

describe('evaluateApplication', () => {
  it.each(EXAMPLES.map((example) => [example.of, example] as const))(
    'judges %s',
    (_, { scene, seconds, status, symptoms }) => {
      const { health } = tell(scene, seconds);
      expect({ status: health.status, symptoms: health.symptoms.map(({ kind }) => kind) }).toEqual({
        status,
        symptoms,
      });
    },
  );

  it('has an example of each status that no other rule shadows, and of each symptom of leases', () => {
    const statuses = new Set(EXAMPLES.map(({ status }) => status));
    expect(statuses).toEqual(new Set(STATUSES_WORST_FIRST));
    const symptoms = new Set(EXAMPLES.flatMap((example) => example.symptoms));
    expect(symptoms.size).toBe(14);
  });

  it('names the unknown', () => {
    const unknownOf = (of: string) => {
      const example = EXAMPLES.find((one) => one.of === of);
      return example && tell(example.scene, example.seconds).health.leases.map((l) => l.unknown);
    };
    expect(unknownOf('one observation')).toEqual(['seen-once']);
    expect(unknownOf('a checkpoint that is no number')).toEqual(['unreadable-checkpoint']);
    expect(unknownOf('a shard without a lease for five minutes')).toEqual([null, 'no-lease-yet']);
    expect(
      unknownOf('a checkpoint that stands while nobody knows what arrives at the shard'),
    ).toEqual(['arrivals-unknown', null]);
  });

  it('is well again once the fault is over', () => {
    const stalled: Scene = {
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s > 100 && s < 400 ? 97 : s - 3) })],
    };
    expect(tell(stalled, 390).health.status).toBe('STALL');
    expect(tell(stalled, 400).health.status).toBe('OK');
    const rewound: Scene = {
      leases: (s) => [
        leaseAt(s, { checkpoint: checkpointAt(s < 60 || s >= 200 ? s - 3 : s - 1_000) }),
      ],
    };
    expect(tell(rewound, 190).health.status).toBe('REWIND');
    expect(tell(rewound, 200).health.status).toBe('OK');
  });

  it('does not call a worker stalled that has just come to a long backlog', () => {
    const scene: Scene = {
      leases: (s) => [
        s < 300
          ? leaseAt(50, { checkpoint: checkpointAt(47) })
          : leaseAt(s, { owner: 'worker-2', checkpoint: checkpointAt(47) }),
      ],
    };
    expect(tell(scene, 290).health.status).toBe('STOP');
    expect(tell(scene, 320).health.status).not.toBe('STALL');
    expect(tell(scene, 700).health.status).toBe('STALL');
  });

  it('goes by the expiry of leases that say it, as those of lifion-kinesis', () => {
    const expiring = (lastRenewal: number, checkpoint = Number.POSITIVE_INFINITY): Scene => ({
      counterIs: 'expiry',
      leases: (s) => [
        // Leases of five minutes, renewed when a quarter of that is left.
        leaseAt(s, {
          counter: BigInt(at(Math.floor(Math.min(s, lastRenewal) / 225) * 225 + 300)),
          checkpoint: checkpointAt(Math.min(s - 3, checkpoint)),
        }),
      ],
    });
    expect(tell(expiring(Number.POSITIVE_INFINITY), 900).health.status).toBe('OK');
    // Renewed last at second 225, so it expires at 525 and may be late by a minute.
    expect(tell(expiring(300, 300), 580).health.status).not.toBe('STOP');
    const { health } = tell(expiring(300, 300), 600);
    expect(health.status).toBe('STOP');
    expect(health.sinceMs).toBe(at(525));
    expect(tell(expiring(Number.POSITIVE_INFINITY, 300), 900).health.status).toBe('STALL');
  });

  it('foretells when it has caught up, and when data is lost', () => {
    const catching: Scene = {
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(2 * s - 3_600) })],
    };
    const { health } = tell(catching, 600);
    expect(health.trend).toBe('falling');
    expect(health.leases[0]?.pace).toBeCloseTo(2, 1);
    expect(health.caughtUpInMs ?? 0).toBeGreaterThan(2_900_000);
    expect(health.caughtUpInMs ?? 0).toBeLessThan(3_100_000);
    expect(health.lossInMs).toBeNull();
    const halfSpeed: Scene = {
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s / 2 - 60) })],
      retentionMs: 3_600_000,
    };
    // 510 s behind, half a second more each second: the rest of an hour takes twice as long.
    const behind = tell(halfSpeed, 900).health;
    expect(behind.trend).toBe('growing');
    expect(behind.caughtUpInMs).toBeNull();
    expect((behind.lossInMs ?? 0) / 1000).toBeGreaterThan(6_100);
    expect((behind.lossInMs ?? 0) / 1000).toBeLessThan(6_300);
  });

  it('counts what waits, and what is worked off a second', () => {
    const scene: Scene = { leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s - 1_800) })] };
    const { health } = tell(scene, 900);
    // Whole periods only: 29 or 30 of them, of 600 records.
    expect(health.backlogRecords).toBe(29 * 600);
    expect(health.backlogBytes).toBe(29 * 600_000);
    expect(health.recordsPerSecond).toBeCloseTo(10, 0);
  });

  it('tells workers, their leases, and whether they are alive', () => {
    const scene: Scene = {
      shards: [0, 1, 2].map((i) => shardOf(i)),
      leases: (s) => [
        leaseAt(s),
        leaseAt(s, {}, 1),
        leaseAt(Math.min(s, 60), { owner: 'worker-2' }, 2),
      ],
    };
    expect(tell(scene, 180).health.workers).toMatchObject([
      { workerId: 'worker-1', leases: 2, share: 2 / 3, fresh: true, status: 'OK' },
      { workerId: 'worker-2', leases: 1, fresh: false, status: 'STOP', lastSeenMs: at(60) },
    ]);
  });

  it('puts leases into hash-key order, shards without one among them', () => {
    const scene: Scene = {
      shards: [2, 0, 1].map((i) => shardOf(i)),
      leases: (s) => [leaseAt(s, {}, 2), leaseAt(s, {}, 0)],
    };
    expect(tell(scene, 60).health.leases.map(({ shardId }) => shardId)).toEqual(
      [0, 1, 2].map(shardIdOf),
    );
  });

  it('misses no lease that may be a row which could not be read', () => {
    const scene: Scene = {
      shards: [shardOf(0), shardOf(1)],
      leases: (s) => [leaseAt(s)],
      unreadable: ['It has no checkpoint.'],
    };
    expect(tell(scene, 900).health.leases.map(({ unknown }) => unknown)).toEqual([
      null,
      'unreadable-row',
    ]);
  });

  it('finds no less where thresholds are lower, and the same where time is scaled with them', () => {
    const scenes = fc.constantFrom(...EXAMPLES.map(({ scene, seconds }) => ({ scene, seconds })));
    const faults: readonly SymptomKind[] = [
      'dead-owner',
      'zombie',
      'stuck-handoff',
      'missing-lease',
    ];
    const found = (scene: Scene, seconds: number, factor: number) =>
      tell({ ...scene, thresholds: scaleThresholds(THRESHOLDS, factor) }, seconds)
        .health.symptoms.map(({ kind }) => kind)
        .filter((kind) => faults.includes(kind));
    fc.assert(
      fc.property(
        scenes,
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        ({ scene, seconds }, factor) => {
          const strict = found(scene, seconds, factor);
          expect(strict).toEqual(expect.arrayContaining(found(scene, seconds, 1)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('evaluateApplication of metrics', () => {
  const points = (lagMs: (minute: number) => number) =>
    Array.from({ length: 10 }, (_, i) => ({ atMs: at(60 * (i + 1)), lagMs: lagMs(i) }));
  const judge = (activity: 'on' | 'off', lags: ReturnType<typeof points>) =>
    evaluateApplication(
      { kind: 'lambda', metric: { activity, points: lags }, retentionMs: 3_600_000 },
      THRESHOLDS,
      at(600),
    );

  it.each([
    ['OK', 'on', points(() => 400), []],
    ['OK', 'on', points(() => 2_000_000), ['data-loss-ahead']],
    ['WARN', 'on', points((i) => i * 60_000), ['growing-lag']],
    ['DATA_LOSS', 'on', points(() => 3_700_000), ['data-loss']],
    ['UNKNOWN', 'on', [], []],
    ['STOP', 'off', points(() => 400), ['switched-off']],
  ] as const)('is %s', (status, activity, lags, symptoms) => {
    const health = judge(activity, [...lags]);
    expect(health.status).toBe(status);
    expect(health.symptoms.map(({ kind }) => kind)).toEqual(symptoms);
  });

  it('foretells from how it changes', () => {
    const falling = judge(
      'on',
      points((i) => 600_000 - i * 60_000),
    );
    expect(falling.trend).toBe('falling');
    expect(falling.caughtUpInMs).toBeCloseTo(60_000);
    const growing = judge(
      'on',
      points((i) => 600_000 + i * 60_000),
    );
    expect(growing.lossInMs).toBeCloseTo(3_600_000 - 1_140_000);
  });
});
