import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceRun, isQuarantineOverLimit, type RunFacts } from './advance-run.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import { nextRunState, RUN_STATES } from './run-state.ts';

const FACTS: RunFacts = {
  ledger: EMPTY_LEDGER,
  slices: 2,
  slicesDone: 1,
  openRequests: 0,
  failure: null,
};
const DONE = { ...FACTS, slicesDone: 2 };
const QUARANTINE = { ...DONE, ledger: { ...EMPTY_LEDGER, quarantined: 1 } };
const BUSY = { ...FACTS, openRequests: 1 };
const FAULTY = { ...FACTS, failure: 'The credentials have expired' };

describe('a run', () => {
  it.each([
    ['running', FACTS, null],
    ['running', { ...BUSY, failure: 'x' }, 'pause'],
    ['running', DONE, 'finish'],
    ['running', QUARANTINE, 'finish-with-quarantine'],
    ['running', { ...DONE, slices: 0, slicesDone: 0 }, null],
    ['pausing', BUSY, null],
    ['pausing', { ...BUSY, failure: 'x' }, null],
    ['pausing', FACTS, 'settle'],
    ['pausing', FAULTY, 'fail'],
    ['pausing', { ...DONE, failure: 'x' }, 'finish'],
    ['cancelling', BUSY, null],
    ['cancelling', FAULTY, 'settle'],
    ['cancelling', QUARANTINE, 'finish-with-quarantine'],
    ['paused', DONE, null],
    ['draft', FACTS, null],
  ] as const)('%s goes on by itself (%#)', (state, facts, event) => {
    expect(advanceRun(state, facts)).toBe(event);
  });

  it('is asked for nothing that its state does not allow, and is still only when nothing is in flight', () => {
    const anyFacts = fc.record({
      ledger: fc.constantFrom(EMPTY_LEDGER, QUARANTINE.ledger),
      slices: fc.constant(3),
      slicesDone: fc.nat(3),
      openRequests: fc.nat(2),
      failure: fc.option(fc.constant('It was refused')),
    });
    fc.assert(
      fc.property(fc.constantFrom(...RUN_STATES), anyFacts, (state, facts) => {
        const event = advanceRun(state, facts);
        if (event === null) return;
        const next = nextRunState(state, event);
        expect(next).not.toBeNull();
        const isStill = next === 'paused' || next === 'cancelled' || next === 'failed';
        if (isStill) expect(facts.openRequests).toBe(0);
      }),
    );
  });

  it('stops where too much goes to quarantine, once there is enough to tell', () => {
    const limit = { share: 0.1, unitsMin: 100 };
    const ledger = (emitted: number, quarantined: number) => ({
      ...EMPTY_LEDGER,
      emitted,
      quarantined,
    });
    expect(isQuarantineOverLimit(ledger(9, 90), limit)).toBe(false);
    expect(isQuarantineOverLimit(ledger(10, 90), limit)).toBe(true);
    expect(isQuarantineOverLimit(ledger(90, 10), limit)).toBe(false);
    expect(isQuarantineOverLimit(ledger(89, 11), limit)).toBe(true);
  });
});
