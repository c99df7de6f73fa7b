import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplicationHealth } from '#lib/domain/consumers/application-health.ts';
import {
  type ConsumerStatus,
  STATUSES_WORST_FIRST,
  type SymptomKind,
} from '#lib/domain/consumers/status.ts';
import { scaleThresholds, THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import { rangeMiddle } from '#lib/domain/hash-range.ts';
import { EMPTY_PLAN } from '#server/local-aws/scenario/demo-plan.ts';
import { type GivenPlan, planConsumer } from '#server/local-aws/scenario/kcl/consumer-plan.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import { steadyStream } from '#server/local-aws/testing/steady-stream.ts';
import type { World } from '#server/local-aws/world.ts';
import { WorldFollower } from '#server/testing/follow-world.ts';

/**
 * Every status and symptom, made for real by applications of an embedded world, seen within two collection rounds after
 * its rule can hold, and gone again when its cause is. One world for all, in virtual time: each application is in a
 * trouble of its own.
 */

const ROUND_SECONDS = 10;
const TWO_ROUNDS_MS = 2 * ROUND_SECONDS * 1_000;
const HOUR_MS = 3_600_000;

/** A third of the time, and owners that change four times in two minutes: an hour has to pass quickly here. */
const LIMITS = { ...scaleThresholds(THRESHOLDS, 1 / 3), churnWindowMs: 120_000 };

/** A shard gives five answers a second to all that read it. */
const POLL_MS = 2_000;

type Trouble = {
  readonly application: string;
  readonly plan: Omit<GivenPlan, 'application'>;
  /** What is done to it, but for its name. */
  readonly begin: Readonly<Record<string, unknown>>;
  readonly status?: ConsumerStatus;
  readonly symptom?: SymptomKind;
  /** When its rule holds at the latest, ms after it began. */
  readonly holdsAfterMs: number;
  /** When it holds at the earliest. */
  readonly notBeforeMs?: number;
  /** What ends it; recovering, where nothing else is said. */
  readonly end?: Readonly<Record<string, unknown>>;
};

const onBusy = { streamNames: ['busy'], library: 'kcl-2' } as const;
const onFleet = { streamNames: ['fleet'], library: 'kcl-3', workerCount: 2 } as const;

/** A renewal, a checkpoint or a taking may just have been, and a record waits until its period is over. */
const STEP_MS = 10_000;

const TROUBLES: readonly Trouble[] = [
  {
    application: 'dead',
    plan: onBusy,
    begin: { action: 'die' },
    status: 'STOP',
    symptom: 'dead-owner',
    notBeforeMs: LIMITS.deadOwnerFloorMs,
    holdsAfterMs: LIMITS.deadOwnerFloorMs + STEP_MS,
  },
  {
    application: 'stalled',
    plan: onBusy,
    begin: { action: 'stall' },
    status: 'STALL',
    symptom: 'zombie',
    notBeforeMs: LIMITS.stallFloorMs,
    holdsAfterMs: LIMITS.stallIntervals * 12_000 + STEP_MS,
  },
  {
    application: 'zombie',
    plan: onBusy,
    begin: { action: 'zombie' },
    status: 'STALL',
    symptom: 'zombie',
    notBeforeMs: LIMITS.stallFloorMs,
    holdsAfterMs: LIMITS.stallIntervals * 12_000 + STEP_MS,
  },
  {
    application: 'unowned',
    plan: onBusy,
    begin: { action: 'unassign', shardIds: ['shardId-000000000001'] },
    status: 'UNASSIGNED',
    symptom: 'unassigned',
    notBeforeMs: LIMITS.unassignedPolls * ROUND_SECONDS * 1_000,
    holdsAfterMs: LIMITS.unassignedPolls * ROUND_SECONDS * 1_000,
  },
  {
    application: 'holed',
    plan: onBusy,
    begin: { action: 'lose-leases', shardIds: ['shardId-000000000001'] },
    status: 'MISSING_LEASE',
    symptom: 'missing-lease',
    notBeforeMs: LIMITS.missingLeaseMs,
    holdsAfterMs: LIMITS.missingLeaseMs + STEP_MS,
  },
  {
    application: 'rewound',
    plan: { ...onBusy, recordsPerSecond: 30 },
    begin: { action: 'rewind', byMs: 60_000 },
    status: 'REWIND',
    symptom: 'rewound',
    holdsAfterMs: 0,
  },
  {
    application: 'slow',
    plan: { ...onBusy, recordsPerSecond: 40 },
    begin: { action: 'fall-behind' },
    status: 'WARN',
    symptom: 'growing-lag',
    notBeforeMs: LIMITS.allowedLagMs,
    holdsAfterMs: LIMITS.growthWindowMs + STEP_MS,
  },
  {
    application: 'garbled',
    plan: { streamNames: ['fleet'], library: 'kcl-1' },
    begin: { action: 'set-checkpoint', checkpoint: 'not-a-place' },
    status: 'UNKNOWN',
    holdsAfterMs: 0,
    end: { action: 'set-checkpoint', checkpoint: 'LATEST' },
  },
  {
    application: 'left-over',
    plan: { streamNames: ['fleet'], library: 'kcl-2' },
    begin: { action: 'orphan' },
    status: 'ORPHAN',
    symptom: 'orphan',
    holdsAfterMs: 0,
  },
  {
    application: 'frozen',
    plan: onFleet,
    begin: { action: 'freeze-handoff' },
    symptom: 'stuck-handoff',
    notBeforeMs: LIMITS.handoffMs,
    holdsAfterMs: LIMITS.handoffMs + STEP_MS,
  },
  {
    application: 'restless',
    plan: { ...onFleet, library: 'kcl-2' },
    begin: { action: 'churn' },
    symptom: 'churn',
    holdsAfterMs: LIMITS.churnWindowMs,
  },
  {
    application: 'uneven-counts',
    plan: { ...onFleet, library: 'kcl-2' },
    begin: { action: 'hog', worker: 'uneven-counts-2', leases: 5 },
    symptom: 'skew',
    notBeforeMs: LIMITS.skewMs,
    holdsAfterMs: LIMITS.skewMs + 2 * STEP_MS,
  },
  {
    application: 'uneven-loads',
    plan: { ...onFleet, library: 'kcl-3.5' },
    begin: { action: 'hog', worker: 'uneven-loads-1', leases: 5 },
    symptom: 'skew',
    // Leases are handed over one after the other, and throughput is smoothed over half a minute.
    notBeforeMs: LIMITS.skewMs,
    holdsAfterMs: LIMITS.skewMs + 6 * STEP_MS,
  },
  {
    application: 'crowded',
    plan: onFleet,
    begin: { action: 'start-workers', count: 6 },
    symptom: 'excess-workers',
    holdsAfterMs: STEP_MS,
    end: { action: 'stop-workers', count: 6 },
  },
];

const FUNCTION = 'counter';

/** All that there are: one that comes up without a trouble of its own is missed here. */
const SYMPTOMS: Readonly<Record<SymptomKind, true>> = {
  'data-loss': true,
  'data-loss-ahead': true,
  'dead-owner': true,
  'missing-lease': true,
  unassigned: true,
  zombie: true,
  'stuck-handoff': true,
  rewound: true,
  'growing-lag': true,
  churn: true,
  skew: true,
  'excess-workers': true,
  orphan: true,
  'waiting-for-parent': true,
  'switched-off': true,
};

type Seen = { readonly atMs: number; readonly health: ApplicationHealth };

let world: World;
let follower: WorldFollower;
/** What each round saw of each application. */
const seen = new Map<string, Seen[]>();
const marks = { begunMs: 0, endedMs: 0 };

async function control(request: object): Promise<void> {
  const response = await fetch(`${world.endpoints.admin}/scenario/control`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  expect(await response.text()).toBe('{"done":true}');
}

async function rounds(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await follower.round(ROUND_SECONDS);
    for (const { application, health } of follower.all()) note(application, health);
  }
}

/** Nobody does anything for so long: producers, applications, observers. */
function sleepAll(ms: number): void {
  world.clock.advanceTo(world.clock.nowMs() + ms);
}

function note(application: string, health: ApplicationHealth): void {
  const all = seen.get(application) ?? [];
  seen.set(application, all);
  all.push({ atMs: world.engine.nowMs(), health });
}

function healthOf(application: string): ApplicationHealth {
  return follower.of(application).health;
}

function statusesOf(application: string): readonly ConsumerStatus[] {
  return healthOf(application).leases.map(({ status }) => status);
}

function shows({ status, symptom }: Trouble, { health }: Seen): boolean {
  return (
    (status === undefined || health.status === status) &&
    (symptom === undefined || health.symptoms.some(({ kind }) => kind === symptom))
  );
}

beforeAll(async () => {
  const streams = [
    steadyStream({ streamName: 'lost', shardCount: 1 }),
    steadyStream({ streamName: 'busy', shardCount: 2 }),
    steadyStream({ streamName: 'fleet', shardCount: 6 }),
    steadyStream({ streamName: 'divided', shardCount: 1 }),
  ];
  const consumers = [planConsumer({ application: 'late', streamNames: ['lost'] })];
  const lambdas = [
    {
      functionName: FUNCTION,
      description: 'Adds up what is lost',
      streamName: 'lost',
      consumerName: null,
      batchSize: 100,
      durationMs: { fixed: 20, perRecord: 1 },
      wave: () => 1,
    },
  ];
  world = await startWorld({ clock: 'virtual' }, { ...EMPTY_PLAN, streams, consumers, lambdas });
  follower = new WorldFollower(world, LIMITS);
});

afterAll(async () => {
  follower.close();
  await world.close();
});

describe('an application that comes too late', { timeout: 120_000 }, () => {
  it('is told that data will be lost, then that it was, and is well once it has gone on', async () => {
    await rounds(8);
    expect(healthOf('late').status).toBe('OK');
    await control({ action: 'die', application: 'late' });
    await rounds(3);
    sleepAll(12.5 * HOUR_MS);
    await rounds(2);
    const ahead = healthOf('late').symptoms.map(({ kind }) => kind);
    expect(ahead).toContain('data-loss-ahead');
    expect(healthOf('late').status).toBe('STOP');
    sleepAll(11.6 * HOUR_MS);
    await rounds(2);
    expect(healthOf('late').status).toBe('DATA_LOSS');
    expect(healthOf('late').symptoms[0]?.kind).toBe('data-loss');
    await control({ action: 'recover', application: 'late' });
    await rounds(6);
    expect(healthOf('late')).toMatchObject({ status: 'OK', symptoms: [] });
  });
});

describe('a function whose mapping is disabled', { timeout: 120_000 }, () => {
  const health = () => follower.functionHealth(FUNCTION, 'lost');

  it('is stopped because somebody switched it off, and well when it is on again', async () => {
    await rounds(2);
    expect(await health()).toMatchObject({ status: 'OK', symptoms: [] });
    await control({ action: 'disable-mapping', functionName: FUNCTION });
    await rounds(1);
    const off = await health();
    expect(off).toMatchObject({ status: 'STOP', symptoms: [{ kind: 'switched-off' }] });
    note(FUNCTION, off);
    await control({ action: 'enable-mapping', functionName: FUNCTION });
    await rounds(2);
    expect(await health()).toMatchObject({ status: 'OK', symptoms: [], lag: { kind: 'interval' } });
  });
});

describe('applications in trouble', () => {
  beforeAll(async () => {
    for (const { application, plan } of TROUBLES) {
      await control({ action: 'start-application', application, pollMs: POLL_MS, ...plan });
    }
    await rounds(12);
    marks.begunMs = world.engine.nowMs();
    for (const { application, begin } of TROUBLES) await control({ application, ...begin });
    await rounds(26);
    marks.endedMs = world.engine.nowMs();
    for (const { application, end } of TROUBLES) {
      await control({ application, action: 'recover', ...end });
    }
    await rounds(14);
  }, 240_000);

  it.each(TROUBLES)('$application: $status $symptom', (trouble) => {
    const { begunMs, endedMs } = marks;
    const all = seen.get(trouble.application) ?? [];
    const before = all.findLast(({ atMs }) => atMs <= begunMs);
    expect(before?.health).toMatchObject({ status: 'OK', symptoms: [] });

    const first = all.find((one) => one.atMs > begunMs && shows(trouble, one));
    expect(first?.atMs).toBeDefined();
    const tookMs = (first?.atMs ?? 0) - begunMs;
    expect(tookMs).toBeGreaterThanOrEqual(trouble.notBeforeMs ?? 0);
    expect(tookMs).toBeLessThanOrEqual(trouble.holdsAfterMs + TWO_ROUNDS_MS);

    const last = all.at(-1);
    expect(last?.atMs).toBeGreaterThan(endedMs);
    expect(last?.health).toMatchObject({ status: 'OK', symptoms: [] });
  });
});

describe('a stream that is split', { timeout: 120_000 }, () => {
  it('lets children wait for their parent, then calls it done, and the children well', async () => {
    for (const [application, library] of [
      ['after', 'kcl-2'],
      ['beside', 'kcl-1'],
    ] as const) {
      const plan = { streamNames: ['divided'], library, pollMs: POLL_MS };
      await control({ action: 'start-application', application, ...plan });
    }
    await rounds(4);
    await control({ action: 'stall', application: 'after' });
    const [parent] = world.engine.listShards({ streamName: 'divided' }).shards;
    if (parent === undefined) throw new Error('No shard to split');
    world.engine.splitShard({
      streamName: 'divided',
      shardToSplit: parent.shardId,
      newStartingHashKey: rangeMiddle(parent.range),
    });
    // One that begins now has leases of all three at once; it cannot read.
    await control({
      action: 'start-application',
      application: 'behind',
      streamNames: ['divided'],
      library: 'kcl-1',
      recordsPerSecond: 0.1,
    });
    await rounds(2);
    expect(statusesOf('after').slice(1)).toEqual(['WAITING_PARENT', 'WAITING_PARENT']);
    await rounds(1);
    expect(statusesOf('behind').slice(1)).toEqual(['WAITING_PARENT', 'WAITING_PARENT']);
    expect(healthOf('behind').symptoms.map(({ kind }) => kind)).toContain('waiting-for-parent');
    await control({ action: 'recover', application: 'after' });
    await rounds(8);
    for (const application of ['after', 'beside']) {
      expect(statusesOf(application)).toEqual(['DONE', 'OK', 'OK']);
      expect(healthOf(application)).toMatchObject({ status: 'OK', symptoms: [] });
    }
  });
});

it('has seen every status and every symptom', () => {
  const all = [...seen.values()].flat().map(({ health }) => health);
  const statuses = all.flatMap(({ status, leases }) => [status, ...leases.map((l) => l.status)]);
  expect([...new Set(statuses)].sort()).toEqual([...STATUSES_WORST_FIRST].sort());
  const symptoms = all.flatMap((health) => health.symptoms.map(({ kind }) => kind));
  expect([...new Set(symptoms)].sort()).toEqual(Object.keys(SYMPTOMS).sort());
});
