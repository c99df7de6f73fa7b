import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { WHOLE_RING } from '#lib/domain/hash-range.ts';
import {
  type Boundaries,
  shardCountOf,
  uniformBoundaries,
} from '#lib/domain/reshard/boundaries.ts';
import type { ReshardPlan } from '#lib/domain/reshard/plan.ts';
import { planBoundaries } from '#lib/domain/reshard/plan-boundaries.ts';
import { boundariesAfterSteps, type Step } from '#lib/domain/reshard/step.ts';
import { anyBoundaries, keys } from '#lib/domain/reshard/testing/small-ring.ts';
import { type JournalEntry, progressOf } from './journal.ts';
import { type NextAction, type Observation, RECONCILE_TIMES, reconcile } from './reconcile.ts';
import { type Fate, type KinesisModel, modelOfKinesis } from './testing/kinesis-model.ts';

type Planned = Pick<ReshardPlan, 'from' | 'to' | 'steps'>;

const GO = { mayBegin: true, laggingRanges: [] };

/** What happens to a worker in one turn: killed before its call, after it, or not; what becomes of the call. */
type Turn = {
  readonly fate: Fate;
  readonly killed: 'before-call' | 'after-call' | 'no';
  readonly passMs: number;
  readonly foreign: Step | null;
};

/** Works until the job ends. A worker that is killed leaves nothing but the journal behind. */
function work(kinesis: KinesisModel, plan: Planned, turns: readonly Turn[]): NextAction {
  const journal: JournalEntry[] = [];
  const remaining = [...turns];
  for (let looks = 0; looks < 5_000; looks += 1) {
    const action = reconcile({
      plan,
      progress: progressOf(journal),
      seen: kinesis.observe(),
      leave: GO,
      times: RECONCILE_TIMES,
    });
    switch (action.do) {
      case 'call': {
        const turn = remaining.shift();
        const step = plan.steps[action.step];
        if (step === undefined) throw new Error('no such step');
        const { fingerprint } = kinesis.observe();
        journal.push({ ...action, kind: 'intent', fingerprint, atMs: kinesis.now() });
        if (turn?.killed === 'before-call') break;
        const answer = kinesis.call(step, turn?.fate ?? 'heard');
        kinesis.pass(turn?.passMs ?? 0);
        if (turn?.killed === 'after-call') break;
        journal.push({
          ...action,
          kind: 'answer',
          answer: answer ?? 'lost',
          message: null,
          atMs: kinesis.now(),
        });
        if (turn?.foreign) kinesis.foreign(turn.foreign);
        break;
      }
      case 'record-effect':
        journal.push({ ...action, kind: 'effect', atMs: kinesis.now() });
        break;
      case 'wait':
        kinesis.pass(Math.max(1, action.untilMs - kinesis.now()));
        break;
      default:
        return action;
    }
  }
  throw new Error('it never ended');
}

const turn = (foreign: fc.Arbitrary<Step | null>): fc.Arbitrary<Turn> =>
  fc.record({
    fate: fc.constantFrom<Fate>(
      'heard',
      'busy',
      'limit-exceeded',
      'not-sent',
      'answer-lost',
      'late',
    ),
    killed: fc.constantFrom('before-call', 'after-call', 'no', 'no'),
    passMs: fc.nat(20_000),
    foreign,
  });

const anyPlan: fc.Arbitrary<Planned> = fc
  .tuple(anyBoundaries(6), anyBoundaries(6), fc.boolean())
  .map(([from, wanted, thenUniform]) => {
    const plan = planBoundaries(from, wanted, 100);
    if (!plan.ok) throw new Error('it can be planned');
    const steps: Step[] = [...plan.steps];
    if (thenUniform) steps.push({ kind: 'update-shard-count', count: shardCountOf(wanted) + 1 });
    return { from, steps, to: boundariesAfterSteps(from, steps) };
  })
  .filter(({ steps }) => steps.length > 0);

const foreignStep: fc.Arbitrary<Step | null> = fc.oneof(
  fc.constant(null),
  fc
    .bigInt({ min: 2n, max: 2n ** 127n - 2n })
    .map((key): Step => ({ kind: 'split', at: hashKey(key * 2n + 1n) })),
  fc.integer({ min: 1, max: 8 }).map((count): Step => ({ kind: 'update-shard-count', count })),
);

describe('reconcile', () => {
  it('ends in the planned layout, killed at any instant and with any answer lost, without repeating itself', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(turn(fc.constant(null)), { maxLength: 9 }), (plan, turns) => {
        const kinesis = modelOfKinesis(plan.from);
        expect(work(kinesis, plan, turns)).toEqual({ do: 'finish' });
        expect(kinesis.boundaries()).toEqual(plan.to);
        expect(kinesis.log.applied).toEqual(plan.steps);
        expect(kinesis.log.whileNotActive).toBe(0);
        expect(kinesis.log.ofAppliedStep).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('ends as planned or says that others reshard, whatever they do in between, and repeats nothing', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(turn(foreignStep), { maxLength: 9 }), (plan, turns) => {
        const kinesis = modelOfKinesis(plan.from);
        const end = work(kinesis, plan, turns);
        if (end.do === 'finish') expect(kinesis.boundaries()).toEqual(plan.to);
        else expect(['hold', 'stop']).toContain(end.do);
        if (end.do === 'hold') expect(end.hold.kind).toBe('resharded-by-others');
        // What Kinesis refuses is what others have taken the ground from.
        if (end.do === 'stop') expect(['refused', 'wrong-result']).toContain(end.mismatch.kind);
        expect(kinesis.log.ofAppliedStep).toBe(0);
        expect(new Set(kinesis.log.applied).size).toBe(kinesis.log.applied.length);
      }),
      { numRuns: 300 },
    );
  });
});

const PLAN: Planned = {
  from: keys(1_000_000),
  to: keys(500_000, 1_000_000),
  steps: [{ kind: 'split', at: hashKey(500_000n) }],
};

function see(
  change: Partial<Observation> & { readonly boundaries?: Boundaries } = {},
): Observation {
  const { boundaries = PLAN.from, ...rest } = change;
  return {
    atMs: 100_000,
    status: 'ACTIVE',
    mode: 'PROVISIONED',
    layout: { ok: true, boundaries },
    fingerprint: 'as it was',
    unchangedSinceMs: 0,
    ...rest,
  };
}

function next(
  seen: Observation,
  journal: readonly JournalEntry[] = [],
  leave: Parameters<typeof reconcile>[0]['leave'] = GO,
  plan: Planned = PLAN,
): NextAction {
  return reconcile({ plan, progress: progressOf(journal), seen, leave, times: RECONCILE_TIMES });
}

const intentAt = (atMs: number, attempt = 1): JournalEntry => ({
  kind: 'intent',
  step: 0,
  attempt,
  fingerprint: 'as it was',
  atMs,
});
const answerAt = (
  atMs: number,
  answer: Extract<JournalEntry, { kind: 'answer' }>['answer'],
  attempt = 1,
): JournalEntry => ({ kind: 'answer', step: 0, attempt, answer, message: 'Rate exceeded', atMs });

describe('one look', () => {
  it('begins a step that nothing stands against', () => {
    expect(next(see())).toEqual({ do: 'call', step: 0, attempt: 1 });
  });

  it('finds the effect of a call that nobody heard the answer of', () => {
    const seen = see({ boundaries: PLAN.to, unchangedSinceMs: 100_000 });
    expect(next(seen, [intentAt(99_000)])).toEqual({ do: 'record-effect', step: 0 });
  });

  it('does not take for its own what it never called for', () => {
    expect(next(see({ boundaries: PLAN.to }))).toMatchObject({
      do: 'hold',
      hold: { kind: 'resharded-by-others', unexpected: [500_000n], missing: [] },
    });
  });

  it('waits for a call that may still arrive, then calls again', () => {
    expect(next(see({ atMs: 105_000 }), [intentAt(100_000)])).toEqual({
      do: 'wait',
      why: 'answer-lost',
      untilMs: 115_000,
    });
    expect(next(see({ atMs: 115_000 }), [intentAt(100_000)])).toMatchObject({
      do: 'call',
      attempt: 2,
    });
  });

  it('holds where others undid its step, and does it once more only if it is let', () => {
    const seen = see({ fingerprint: 'other shards of the same ranges' });
    const journal = [intentAt(50_000), answerAt(50_100, 'accepted')];
    expect(next(seen, journal)).toEqual({
      do: 'hold',
      hold: { kind: 'resharded-by-others', missing: [], unexpected: [] },
    });
    expect(next(seen, [intentAt(50_000)])).toMatchObject({ do: 'hold' });
    expect(next(seen, [...journal, { kind: 'resume', step: 0, atMs: 99_000 }])).toMatchObject({
      do: 'call',
      attempt: 2,
    });
  });

  it('never repeats what Kinesis took: without an effect it stops', () => {
    const journal = [intentAt(50_000), answerAt(50_100, 'accepted')];
    expect(next(see({ atMs: 60_000 }), journal)).toMatchObject({ why: 'effect-unseen' });
    expect(next(see(), journal)).toEqual({ do: 'stop', mismatch: { kind: 'no-effect', step: 0 } });
  });

  it('tells its own UPDATING from that of others', () => {
    const seen = see({ status: 'UPDATING' });
    expect(next(seen, [intentAt(99_000)])).toMatchObject({ why: 'step-under-way' });
    expect(next(seen)).toMatchObject({ do: 'wait', why: 'updating-by-others' });
    expect(next(seen, [intentAt(99_000), answerAt(99_100, 'busy')])).toMatchObject({
      why: 'updating-by-others',
    });
  });

  it('backs off from a limit, each time for longer, and holds in the end', () => {
    const refusals = (count: number) =>
      Array.from({ length: count }, (_, i) => [
        intentAt(99_000, i + 1),
        answerAt(99_900, 'limit-exceeded', i + 1),
      ]).flat();
    expect(next(see(), refusals(1))).toMatchObject({ why: 'backing-off', untilMs: 100_900 });
    expect(next(see(), refusals(3))).toMatchObject({ why: 'backing-off', untilMs: 103_900 });
    expect(next(see(), refusals(12))).toEqual({
      do: 'hold',
      hold: { kind: 'too-many-attempts', attempts: 12, message: 'Rate exceeded' },
    });
    const resumed = [...refusals(12), { kind: 'resume', step: 0, atMs: 99_950 } as const];
    expect(next(see(), resumed)).toEqual({ do: 'call', step: 0, attempt: 13 });
  });

  it('holds where it is not allowed to, until a person has seen to it', () => {
    const journal = [intentAt(99_000), answerAt(99_100, 'denied')];
    expect(next(see(), journal)).toEqual({
      do: 'hold',
      hold: { kind: 'denied', message: 'Rate exceeded' },
    });
    expect(next(see(), [...journal, { kind: 'resume', step: 0, atMs: 99_200 }])).toMatchObject({
      do: 'call',
    });
  });

  it('stops at what Kinesis refuses for good, with its words', () => {
    expect(next(see(), [intentAt(99_000), answerAt(99_100, 'refused')])).toEqual({
      do: 'stop',
      mismatch: { kind: 'refused', step: 0, message: 'Rate exceeded' },
    });
  });

  it('names a boundary that its own step put in the wrong place, once it was seen to last', () => {
    const boundaries = keys(500_001, 1_000_000);
    const journal = [intentAt(90_000), answerAt(90_100, 'accepted')];
    expect(next(see({ boundaries, unchangedSinceMs: 99_500 }), journal)).toMatchObject({
      do: 'wait',
      why: 'confirming',
      untilMs: 101_500,
    });
    expect(next(see({ boundaries }), journal)).toEqual({
      do: 'stop',
      mismatch: { kind: 'wrong-result', step: 0, missing: [500_000n], unexpected: [500_001n] },
    });
  });

  it('takes nothing for its own doing that Kinesis refused it', () => {
    const boundaries = keys(500_001, 1_000_000);
    for (const answer of ['refused', 'busy'] as const) {
      const journal = [intentAt(90_000), answerAt(90_100, answer)];
      expect(next(see({ boundaries }), journal)).toEqual({
        do: 'hold',
        hold: { kind: 'resharded-by-others', missing: [], unexpected: [500_001n] },
      });
    }
  });

  it('names boundaries of UpdateShardCount that are rounded otherwise, and tells them from a foreign change', () => {
    const uniform: Planned = {
      from: uniformBoundaries(2),
      to: uniformBoundaries(3),
      steps: [{ kind: 'update-shard-count', count: 3 }],
    };
    const journal = [intentAt(90_000), answerAt(90_100, 'accepted')];
    const off = uniform.to.map((at) => hashKey(at + 1n));
    expect(next(see({ boundaries: off }), journal, GO, uniform)).toMatchObject({
      do: 'stop',
      mismatch: { kind: 'wrong-result' },
    });
    const foreign = [hashKey(5n), ...uniform.to];
    expect(next(see({ boundaries: foreign }), journal, GO, uniform)).toMatchObject({
      do: 'hold',
      hold: { kind: 'resharded-by-others' },
    });
  });

  it('stops where the open shards leave a hole, and where the stream is gone', () => {
    const layout = { ok: false, firstFault: hashKey(7n) } as const;
    expect(next(see({ layout }))).toEqual({ do: 'stop', mismatch: { kind: 'ring-fault', at: 7n } });
    expect(next(see({ layout, unchangedSinceMs: 99_999 }))).toMatchObject({ why: 'confirming' });
    expect(next(see({ status: 'DELETING' }))).toMatchObject({ mismatch: { kind: 'stream-gone' } });
  });

  it('holds where the stream has become on-demand', () => {
    expect(next(see({ mode: 'ON_DEMAND' }))).toEqual({
      do: 'hold',
      hold: { kind: 'mode-changed' },
    });
  });

  it('rests where it may not begin, but carries to its end what was begun', () => {
    const paused = { mayBegin: false, laggingRanges: [] };
    expect(next(see(), [], paused)).toEqual({ do: 'rest' });
    expect(next(see({ atMs: 100_500 }), [intentAt(100_000)], paused)).toMatchObject({ do: 'wait' });
    expect(next(see({ boundaries: PLAN.to }), [intentAt(100_000)], paused)).toEqual({
      do: 'record-effect',
      step: 0,
    });
  });

  it('holds a merge back while a consumer lags in its range, and no split', () => {
    const lagging = { mayBegin: true, laggingRanges: [WHOLE_RING] };
    const merge: Planned = {
      from: PLAN.to,
      to: PLAN.from,
      steps: [{ kind: 'merge', at: hashKey(500_000n) }],
    };
    expect(next(see({ boundaries: PLAN.to }), [], lagging, merge)).toMatchObject({
      do: 'wait',
      why: 'consumer-lags',
    });
    const elsewhere = { start: hashKey(2_000_000n), end: hashKey(3_000_000n) };
    expect(
      next(see({ boundaries: PLAN.to }), [], { ...lagging, laggingRanges: [elsewhere] }, merge),
    ).toMatchObject({ do: 'call' });
    expect(next(see(), [], lagging)).toMatchObject({ do: 'call' });
  });

  it('holds UpdateShardCount back as well, where it merges', () => {
    const lagging = { mayBegin: true, laggingRanges: [WHOLE_RING] };
    const scale = (from: number, count: number) => {
      const plan: Planned = {
        from: uniformBoundaries(from),
        to: uniformBoundaries(count),
        steps: [{ kind: 'update-shard-count', count }],
      };
      return next(see({ boundaries: plan.from }), [], lagging, plan);
    };
    expect(scale(4, 2)).toMatchObject({ do: 'wait', why: 'consumer-lags' });
    expect(scale(4, 8)).toMatchObject({ do: 'call' });
  });
});
