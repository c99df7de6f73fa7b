import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPLAY_ORDERS, type ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import { ledgerFault, possibleDuplicates } from './ledger.ts';
import { isSettled, isSliceDone, newSlice, outstandingOf } from './slice-progress.ts';
import { type ModelArchive, sendableAt, unitsOfFate } from './testing/archive-model.ts';
import { modelOfTarget, REQUEST_FATES } from './testing/target-model.ts';
import {
  type Discipline,
  type ModelStore,
  type Turn,
  WORKER_ACTIONS,
  WorkerModel,
} from './testing/worker-model.ts';

/** `killed`: it is gone. `asleep`: another takes over, and then it goes on as if nothing had happened. */
type Event = Turn & {
  readonly worker: 'lives' | 'killed' | 'falls-asleep' | 'wakes';
  /** Somebody overwrites or deletes an object of the archive. */
  readonly changes: boolean;
};

const WELL = { fate: 'taken', pick: 0, commit: 'done' } as const;

const SEND: Turn = { ...WELL, action: 'send' };

/** What a run comes to when nothing disturbs it any more. */
const QUIET: readonly Turn[] = ['read', 'batch', 'commit', 'send', 'hear', 'commit'].map(
  (action) => ({ ...WELL, action }) as Turn,
);

/** @returns the checkpoint and what is in the target at the end */
function replay(
  archive: ModelArchive,
  order: ReplayOrder,
  discipline: Discipline,
  events: readonly Event[],
) {
  const target = modelOfTarget();
  const store: ModelStore = { progress: newSlice({ first: 0, last: archive.length - 1 }, 0) };
  const changed = new Set<number>();
  const world = { archive, changed, target, store, order, discipline };
  const newWorker = () => new WorkerModel(world);
  const sleepers: WorkerModel[] = [];
  let worker = newWorker();
  const claimsOnly = () => {
    for (const [object, units] of archive.entries()) {
      for (const [ordinal, { fate }] of units.entries()) {
        const isClaimed =
          fate === 'send' && !changed.has(object) && isSettled(store.progress, { object, ordinal });
        if (isClaimed && !target.isWritten(object, ordinal)) return false;
      }
    }
    return true;
  };
  let claimsOnlyWhatIsWritten = true;
  for (const event of events) {
    if (event.changes) changed.add(event.pick % archive.length);
    if (event.worker === 'wakes') sleepers[event.pick % Math.max(1, sleepers.length)]?.turn(event);
    else worker.turn(event);
    if (event.worker === 'falls-asleep') sleepers.push(worker);
    const isGone = event.worker === 'killed' || event.worker === 'falls-asleep' || !worker.isAlive;
    if (isGone) worker = newWorker();
    claimsOnlyWhatIsWritten &&= claimsOnly();
    expect(ledgerFault(store.progress.ledger, outstandingOf(store.progress))).toBeNull();
  }
  for (let round = 0; !isSliceDone(store.progress); round += 1) {
    if (round > 2_000) throw new Error('It never ends');
    for (const turn of QUIET) worker.turn(turn);
    claimsOnlyWhatIsWritten &&= claimsOnly();
  }
  // What they had written down they may still send.
  for (const sleeper of sleepers) for (let i = 0; i < 3; i += 1) sleeper.turn(SEND);
  target.writeLate();
  return { target, changed, progress: store.progress, claimsOnlyWhatIsWritten };
}

/** Of what came of a replay, all that a replay promises and does not keep. */
function broken(archive: ModelArchive, order: ReplayOrder, came: ReturnType<typeof replay>) {
  const { target, changed, progress, claimsOnlyWhatIsWritten } = came;
  const names = target.written.map(({ object, ordinal }) => `${object}:${ordinal}`);
  const firsts = [...new Set(names)];
  const wanted = unitsOfFate(archive, 'send');
  // What was given up may arrive yet if nobody heard of it: it is sent no more, so it has no place in the order.
  const isWhole = (name: string) => !changed.has(objectOf(name));
  const duplicates = names.length - firsts.length;
  const { ledger } = progress;
  const problems = {
    // Of an object that was changed what is not in the target is in quarantine: the ledger balances.
    lost: wanted.some((name) => !firsts.includes(name) && isWhole(name)),
    invented: firsts.some((name) => !wanted.includes(name)),
    underreported: duplicates > possibleDuplicates(ledger),
    inverted:
      order !== 'none' &&
      isInverted(archive, order, firsts.filter(isWhole), wanted.filter(isWhole)),
    countedAsInverted: order !== 'none' && ledger.orderInversions !== 0,
    claimed: !claimsOnlyWhatIsWritten,
    unbalanced: ledgerFault(ledger, { settledInOpenObjects: 0, inFlight: 0 }) !== null,
    miscounted:
      changed.size === 0 &&
      (ledger.emitted !== wanted.length ||
        ledger.filtered !== unitsOfFate(archive, 'filtered').length ||
        ledger.deduplicated !== unitsOfFate(archive, 'deduplicated').length ||
        ledger.quarantined !== unitsOfFate(archive, 'quarantined').length ||
        ledger.decoded !== archive.flat().length),
    overcounted: ledger.emitted > firsts.length,
    unended: ledger.objectsCompleted + ledger.objectsWithQuarantine !== archive.length,
  };
  return Object.entries(problems).flatMap(([problem, is]) => (is ? [problem] : []));
}

function objectOf(name: string): number {
  return Number(name.split(':')[0]);
}

/** Whether first occurrences are out of archive order: of a key, or, where it is strict, of all. */
function isInverted(
  archive: ModelArchive,
  order: ReplayOrder,
  firsts: readonly string[],
  wanted: readonly string[],
): boolean {
  const groupOf = (name: string) => {
    const [object = 0, ordinal = 0] = name.split(':').map(Number);
    return order === 'strict' ? '' : sendableAt(archive, object, ordinal).partitionKey;
  };
  const came = Map.groupBy(firsts, groupOf);
  return [...Map.groupBy(wanted, groupOf)].some(
    ([group, names]) => names.join() !== came.get(group)?.join(),
  );
}

const anyArchive: fc.Arbitrary<ModelArchive> = fc.array(
  fc.array(
    fc.record({
      key: fc.nat(4),
      fate: fc.constantFrom('send', 'send', 'send', 'filtered', 'deduplicated', 'quarantined'),
    }),
    { maxLength: 9 },
  ),
  { minLength: 1, maxLength: 4 },
);

/** Mostly a worker that gets on, so that there is something in flight when it dies. */
const anyEvents: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.record({
    action: fc.constantFrom(...WORKER_ACTIONS, 'read', 'batch', 'send', 'hear', 'commit'),
    fate: fc.constantFrom(...REQUEST_FATES),
    pick: fc.nat(1_000),
    commit: fc.oneof(
      { weight: 30, arbitrary: fc.constant('done' as const) },
      { weight: 1, arbitrary: fc.constantFrom('unheard', 'not-done') },
    ),
    worker: fc.oneof(
      { weight: 40, arbitrary: fc.constant('lives' as const) },
      { weight: 3, arbitrary: fc.constantFrom('killed', 'falls-asleep', 'wakes') },
    ),
    changes: fc.oneof(
      { weight: 100, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.boolean() },
    ),
  }),
  { maxLength: 300, size: 'max' },
);

describe('a replay', () => {
  it.each(REPLAY_ORDERS)(
    'loses nothing, reports each duplicate, keeps its order and balances, whoever dies when: %s',
    (order) => {
      fc.assert(
        fc.property(anyArchive, anyEvents, (archive, events) => {
          const came = replay(archive, order, 'checkpoint-after-emit', events);
          expect(broken(archive, order, came)).toEqual([]);
        }),
        { numRuns: 100 },
      );
    },
  );

  it('can be killed after any of its turns', () => {
    const archive: ModelArchive = [0, 1, 2].map((object) =>
      Array.from({ length: 6 }, (_, i) => ({ key: (object + i) % 3, fate: 'send' }) as const),
    );
    const turns: readonly Turn[] = Array.from({ length: 15 }, () => QUIET).flat();
    for (let killedAfter = 0; killedAfter < turns.length; killedAfter += 1) {
      const events = turns.map(
        (turn, i): Event => ({
          ...turn,
          worker: i === killedAfter ? 'killed' : 'lives',
          changes: false,
        }),
      );
      const came = replay(archive, 'per-key', 'checkpoint-after-emit', events);
      expect(broken(archive, 'per-key', came)).toEqual([]);
      expect(came.progress.ledger.takeovers).toBe(2);
    }
  });

  it('written with its checkpoint before the emit, does not pass: this check can fail', () => {
    const found = fc.check(
      fc.property(anyArchive, anyEvents, (archive, events) => {
        const came = replay(archive, 'none', 'checkpoint-before-emit', events);
        expect(broken(archive, 'none', came)).toEqual([]);
      }),
    );
    expect(found.failed).toBe(true);
    // The least of it: killed between the checkpoint and the send.
    const one: ModelArchive = [[{ key: 0, fate: 'send' }]];
    const events = ['read', 'batch', 'commit'].map(
      (action): Event =>
        ({
          ...WELL,
          action,
          worker: action === 'commit' ? 'killed' : 'lives',
          changes: false,
        }) as Event,
    );
    const wrong = replay(one, 'none', 'checkpoint-before-emit', events);
    expect(broken(one, 'none', wrong)).toEqual(['lost', 'claimed', 'overcounted']);
    const right = replay(one, 'none', 'checkpoint-after-emit', events);
    expect(broken(one, 'none', right)).toEqual([]);
    expect(possibleDuplicates(right.progress.ledger)).toBe(1);
  });
});
