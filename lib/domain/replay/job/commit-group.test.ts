import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitGroup, takeOver } from './commit-group.ts';
import type { JournalEntry } from './journal.ts';
import { type Ledger, ledgerFault, possibleDuplicates, sumLedgers } from './ledger.ts';
import { countUnits, type Position, spansOf } from './position.ts';
import {
  isSettled,
  isSliceDone,
  newSlice,
  outstandingOf,
  readFrom,
  type SliceProgress,
  unreadableRest,
  watermarkOf,
} from './slice-progress.ts';

const UNITS = [3, 0, 7, 5];
const FIRST = 10;
const SLICE = { first: FIRST, last: FIRST + UNITS.length - 1 };
const ALL: readonly Position[] = UNITS.flatMap((units, i) =>
  Array.from({ length: units }, (_, ordinal) => ({ object: FIRST + i, ordinal })),
);

function committed(progress: SliceProgress, entries: readonly JournalEntry[]): SliceProgress {
  const result = commitGroup(progress, { token: progress.token, entries });
  if (!result.ok) throw new Error(result.fault);
  return result.progress;
}

const span = (object: number, first: number, last = first) => ({ object, first, last });
const intent = (request: string, ...spans: ReturnType<typeof span>[]): JournalEntry => ({
  kind: 'intent',
  request,
  spans,
});
const NOTHING = { acknowledged: [], acknowledgedBytes: 0, throttled: [], failed: [], unknown: [] };
const answer = (request: string, parts: Partial<Extract<JournalEntry, { kind: 'answer' }>>) =>
  ({ ...NOTHING, ...parts, kind: 'answer', request }) as const;

/** One turn of a worker that may do whatever it likes, as long as it is honest. */
type Turn = {
  readonly kind: 'send' | 'hear' | 'filter' | 'end' | 'mark' | 'take-over';
  readonly picks: readonly number[];
};

const anyTurn: fc.Arbitrary<Turn> = fc.record({
  kind: fc.constantFrom('send', 'send', 'hear', 'hear', 'filter', 'end', 'mark', 'take-over'),
  picks: fc.array(fc.nat(999), { minLength: 1, maxLength: 6 }),
});

/** What truly became of each unit, kept apart from the checkpoint. */
function honestWorker() {
  let progress = newSlice(SLICE, 1);
  const settled = new Set<Position>();
  const inFlight = new Map<string, readonly Position[]>();
  let unheard = 0;
  let names = 0;
  const free = () =>
    ALL.filter((unit) => !settled.has(unit) && ![...inFlight.values()].flat().includes(unit));
  const pickFrom = <T>(all: readonly T[], picks: readonly number[]) => [
    ...new Set(all.length === 0 ? [] : picks.flatMap((pick) => all[pick % all.length] ?? [])),
  ];
  const entryOf = ({ kind, picks }: Turn): JournalEntry | null => {
    const units = pickFrom(free(), picks);
    if (kind === 'send' && units.length > 0) {
      names += 1;
      inFlight.set(`r${names}`, units);
      return { kind: 'intent', request: `r${names}`, spans: spansOf(units) };
    }
    const [request] = pickFrom([...inFlight.keys()], picks);
    if (kind === 'hear' && request !== undefined) {
      const sent = inFlight.get(request) ?? [];
      const part = (n: number) => sent.filter((_, i) => (picks[i % picks.length] ?? 0) % 4 === n);
      inFlight.delete(request);
      for (const unit of part(0)) settled.add(unit);
      unheard += part(3).length;
      return answer(request, {
        acknowledged: spansOf(part(0)),
        acknowledgedBytes: 100 * part(0).length,
        throttled: spansOf(part(1)),
        failed: spansOf(part(2)),
        unknown: spansOf(part(3)),
      });
    }
    if (kind === 'filter' && units.length > 0) {
      for (const unit of units) settled.add(unit);
      const as = (['filtered', 'deduplicated', 'quarantined'] as const)[(picks[0] ?? 0) % 3];
      return { kind: 'settle', as: as ?? 'filtered', spans: spansOf(units) };
    }
    const object = FIRST + ((picks[0] ?? 0) % UNITS.length);
    if (progress.done.some(([a, b]) => a <= object - FIRST && object - FIRST <= b)) return null;
    if (kind === 'end') return { kind: 'object-end', object, units: UNITS[object - FIRST] ?? 0 };
    const ordinal = (picks[1] ?? 0) % 7;
    return kind === 'mark' ? { kind: 'mark', object, ordinal, byte: ordinal * 100 } : null;
  };
  return {
    turn(turn: Turn) {
      if (turn.kind === 'take-over') {
        unheard += [...inFlight.values()].flat().length;
        inFlight.clear();
        progress = takeOver(progress, progress.token + 1);
        return;
      }
      const entry = entryOf(turn);
      if (entry !== null) progress = committed(progress, [entry]);
    },
    progress: () => progress,
    settled,
    unheard: () => unheard,
    inFlight: () => [...inFlight.values()].flat().length,
  };
}

describe('a checkpoint', () => {
  it('claims what was settled and nothing else, balances, and passes nothing that is open', () => {
    fc.assert(
      fc.property(fc.array(anyTurn, { maxLength: 60 }), (turns) => {
        const worker = honestWorker();
        for (const turn of turns) {
          worker.turn(turn);
          const progress = worker.progress();
          expect(ALL.filter((unit) => isSettled(progress, unit))).toEqual(
            ALL.filter((unit) => worker.settled.has(unit)),
          );
          expect(ledgerFault(progress.ledger, outstandingOf(progress))).toBeNull();
          expect(outstandingOf(progress).inFlight).toBe(worker.inFlight());
          expect(possibleDuplicates(progress.ledger)).toBe(worker.unheard());
          const water = watermarkOf(progress);
          for (const { object, ordinal } of ALL) {
            const isBefore =
              water === null ||
              object < water.object ||
              (object === water.object && ordinal < water.ordinal);
            if (isBefore) expect(isSettled(progress, { object, ordinal })).toBe(true);
          }
          for (const { object } of progress.open) {
            const { ordinal, byte } = readFrom(progress, object);
            expect(byte).toBe(ordinal * 100);
            for (let n = 0; n < ordinal; n += 1) {
              expect(isSettled(progress, { object, ordinal: n })).toBe(true);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same after it lay in a store', () => {
    const progress = committed(newSlice(SLICE, 1), [
      intent('a', span(10, 0, 1)),
      { kind: 'settle', as: 'filtered', spans: [span(12, 3)] },
      { kind: 'mark', object: 12, ordinal: 5, byte: 500 },
    ]);
    expect(JSON.parse(JSON.stringify(progress))).toEqual(progress);
  });

  it('ends when each object has, also one that holds nothing', () => {
    const ends = UNITS.map(
      (units, i): JournalEntry => ({ kind: 'object-end', object: FIRST + i, units }),
    );
    const quarantined: JournalEntry = {
      kind: 'settle',
      as: 'quarantined',
      spans: [span(12, 0, 6)],
    };
    const filtered: JournalEntry = {
      kind: 'settle',
      as: 'filtered',
      spans: [span(10, 0, 2), span(13, 0, 4)],
    };
    const begun = committed(newSlice(SLICE, 1), ends);
    expect(isSliceDone(begun)).toBe(false);
    expect(watermarkOf(begun)).toEqual({ object: 10, ordinal: 0 });
    const done = committed(begun, [quarantined, filtered]);
    expect(watermarkOf(done)).toBeNull();
    expect(done).toMatchObject({ open: [], done: [[0, 3]] });
    expect(done.ledger).toMatchObject({
      decoded: 15,
      filtered: 8,
      quarantined: 7,
      objectsCompleted: 3,
      objectsWithQuarantine: 1,
    });
    expect(sumLedgers([done.ledger, done.ledger])).toMatchObject({ decoded: 30, filtered: 16 });
  });

  it('takes nothing of a holder that has lost its lease, and may be sent again what it had sent', () => {
    const sent = committed(newSlice(SLICE, 1), [intent('a', span(10, 0, 2))]);
    const next = takeOver(sent, 2);
    const late = answer('a', { acknowledged: [span(10, 0, 2)], acknowledgedBytes: 300 });
    expect(commitGroup(next, { token: 1, entries: [late] })).toEqual({
      ok: false,
      fault: 'stale-token',
    });
    expect(isSettled(next, { object: 10, ordinal: 0 })).toBe(false);
    expect(next.ledger).toMatchObject({ recordsInterrupted: 3, takeovers: 1 });
    expect(commitGroup(next, { token: 2, entries: [intent('b', span(10, 0, 2))] }).ok).toBe(true);
    expect(() => takeOver(next, 2)).toThrow(RangeError);
  });

  it.each([
    ['unknown-request', [answer('z', {})]],
    ['request-twice', [intent('a', span(12, 4))]],
    ['in-flight-twice', [intent('b', span(12, 0))]],
    ['in-flight-twice', [{ kind: 'settle', as: 'filtered', spans: [span(12, 1)] }]],
    ['answer-of-other-units', [answer('a', { acknowledged: [span(12, 0)] })]],
    ['answer-of-other-units', [answer('a', { acknowledged: [span(12, 0, 1), span(12, 1)] })]],
    ['answer-of-other-units', [answer('a', { throttled: [span(12, 0), span(13, 1)] })]],
    ['settled-twice', [{ kind: 'settle', as: 'filtered', spans: [span(10, 0)] }]],
    ['settled-twice', [{ kind: 'settle', as: 'filtered', spans: [span(12, 3)] }]],
    ['settled-twice', [intent('b', span(12, 3))]],
    ['outside-the-slice', [intent('b', span(9, 0))]],
    ['outside-the-slice', [{ kind: 'object-end', object: 14, units: 1 }]],
    ['beyond-the-end', [{ kind: 'object-end', object: 12, units: 3 }]],
    ['beyond-the-end', [intent('b', span(13, 5))]],
  ] as const satisfies readonly (readonly [string, readonly JournalEntry[]])[])(
    '%s: takes nothing of the group (%#)',
    (fault, entries) => {
      const before = committed(newSlice(SLICE, 1), [
        { kind: 'settle', as: 'filtered', spans: [span(10, 0, 2), span(12, 3)] },
        { kind: 'object-end', object: 10, units: 3 },
        { kind: 'object-end', object: 13, units: 5 },
        intent('a', span(12, 0, 1)),
      ]);
      expect(commitGroup(before, { token: 1, entries })).toEqual({ ok: false, fault });
    },
  );

  it('sends in one group again what an answer of it gave back', () => {
    const before = committed(newSlice(SLICE, 1), [intent('a', span(10, 0, 1))]);
    const after = committed(before, [
      intent('b', span(10, 1)),
      answer('a', { acknowledged: [span(10, 0)], acknowledgedBytes: 9, throttled: [span(10, 1)] }),
    ]);
    expect(after.requests).toEqual([{ request: 'b', spans: [span(10, 1)] }]);
    expect(after.ledger).toMatchObject({ emitted: 1, emittedBytes: 9, recordsThrottled: 1 });
  });

  it('gives up the rest of an object, and each unit of it comes to an end', () => {
    const before = committed(newSlice(SLICE, 1), [
      { kind: 'settle', as: 'filtered', spans: [span(12, 1), span(12, 5)] },
      intent('a', span(12, 2)),
    ]);
    // Its reader had come to the units 0, 1 and 2.
    const { spans, units } = unreadableRest(before, 12, 3);
    expect(spans).toEqual([span(12, 3, 4), span(12, 6)]);
    const given = committed(before, [
      { kind: 'settle', as: 'quarantined', spans },
      { kind: 'object-end', object: 12, units },
      { kind: 'settle', as: 'filtered', spans: [span(12, 0)] },
      answer('a', { acknowledged: [span(12, 2)], acknowledgedBytes: 1 }),
    ]);
    expect(given.ledger).toMatchObject({ decoded: 7, quarantined: countUnits(spans) });
    expect(given.ledger.objectsWithQuarantine).toBe(1);
    expect(unreadableRest(newSlice(SLICE, 1), 11, 0)).toEqual({ spans: [span(11, 0)], units: 1 });
  });

  it('knows how many units an object has that changes after its end was seen', () => {
    const before = committed(newSlice(SLICE, 1), [
      { kind: 'object-end', object: 12, units: 4 },
      { kind: 'settle', as: 'filtered', spans: [span(12, 1)] },
    ]);
    expect(unreadableRest(before, 12, 0)).toEqual({
      spans: [span(12, 0), span(12, 2, 3)],
      units: 4,
    });
  });
});

describe('order inversions', () => {
  it('are counted from group to group, and stay unknown where an earlier version did not count them', () => {
    const once = committed(newSlice(SLICE, 1), [{ kind: 'inversions', records: 2 }]);
    const counted = committed(once, [{ kind: 'inversions', records: 3 }]);
    const { orderInversions: _, ...before } = newSlice(SLICE, 1).ledger;
    const old = committed({ ...newSlice(SLICE, 1), ledger: before as Ledger }, [
      { kind: 'inversions', records: 3 },
    ]);
    expect(counted.ledger.orderInversions).toBe(5);
    expect(old.ledger.orderInversions).toBeNull();
    expect(sumLedgers([before as Ledger]).orderInversions).toBeNull();
    expect(sumLedgers([counted.ledger, counted.ledger])).toMatchObject({
      orderInversions: 10,
    });
  });
});
