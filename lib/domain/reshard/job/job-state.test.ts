import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOver, JOB_STATES, type JobEvent, needsWorker, nextJobState } from './job-state.ts';

const EVENTS: readonly JobEvent[] = [
  'pause',
  'resume',
  'cancel',
  'hold',
  'settle',
  'finish',
  'stop',
];

describe('the states of a job', () => {
  it('lead to an end from wherever it is, and from no end elsewhere', () => {
    for (const state of JOB_STATES) {
      const events = EVENTS.filter((event) => nextJobState(state, event) !== null);
      expect(isOver(state)).toBe(events.length === 0);
      if (!isOver(state)) expect(nextJobState(state, 'stop')).toBe('stopped');
    }
  });

  it('never leave a job that is not over to nobody, but where a person must decide', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
        let state: (typeof JOB_STATES)[number] = 'running';
        for (const event of events) state = nextJobState(state, event) ?? state;
        if (!isOver(state) && !needsWorker(state)) {
          expect(state).toBe('held');
          expect(nextJobState(state, 'resume')).toBe('running');
        }
      }),
    );
  });

  it.each([
    ['running', 'pause', 'paused'],
    ['paused', 'resume', 'running'],
    ['cancelling', 'settle', 'cancelled'],
    ['cancelling', 'pause', null],
    ['held', 'cancel', 'cancelling'],
    ['done', 'cancel', null],
  ] as const)('%s, %s: %s', (state, event, next) => {
    expect(nextJobState(state, event)).toBe(next);
  });
});
