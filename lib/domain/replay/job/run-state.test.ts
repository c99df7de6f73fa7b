import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedToPerson,
  isRunOver,
  maySend,
  nextRunState,
  RUN_EVENTS,
  RUN_STATES,
  type RunEvent,
  type RunState,
  runNeedsWorker,
} from './run-state.ts';

/** The whole table, written a second time in another shape: each line is an event with where it leads from where. */
const TABLE: Readonly<Record<RunEvent, Partial<Record<RunState, RunState>>>> = {
  plan: { draft: 'planning' },
  refuse: { planning: 'draft' },
  freeze: { planning: 'planned' },
  revise: { planned: 'draft' },
  start: { planned: 'starting' },
  begin: { starting: 'running' },
  pause: { running: 'pausing' },
  resume: { pausing: 'running', paused: 'running', failed: 'starting' },
  'change-pace': {
    planned: 'planned',
    starting: 'starting',
    running: 'running',
    pausing: 'pausing',
    paused: 'paused',
    failed: 'failed',
  },
  cancel: {
    planning: 'cancelling',
    planned: 'cancelling',
    starting: 'cancelling',
    running: 'cancelling',
    pausing: 'cancelling',
    paused: 'cancelling',
    failed: 'cancelling',
  },
  settle: { pausing: 'paused', cancelling: 'cancelled' },
  fail: { starting: 'failed', pausing: 'failed' },
  finish: { running: 'completed', pausing: 'completed', cancelling: 'completed' },
  'finish-with-quarantine': {
    running: 'completed-with-quarantine',
    pausing: 'completed-with-quarantine',
    cancelling: 'completed-with-quarantine',
  },
};

const STILL: readonly RunState[] = [
  'paused',
  'cancelled',
  'failed',
  'completed',
  'completed-with-quarantine',
];

describe('the states of a replay', () => {
  it.each(RUN_EVENTS)('%s leads where the table says, and nowhere else', (event) => {
    for (const state of RUN_STATES) {
      expect(nextRunState(state, event)).toBe(TABLE[event][state] ?? null);
    }
  });

  it('can all be reached from a draft, and an end from each of them', () => {
    const reachableFrom = (start: RunState) => {
      const seen = new Set([start]);
      for (const state of seen) {
        for (const event of RUN_EVENTS) {
          const next = nextRunState(state, event);
          if (next !== null) seen.add(next);
        }
      }
      return seen;
    };
    expect(reachableFrom('draft').size).toBe(RUN_STATES.length);
    for (const state of RUN_STATES) expect([...reachableFrom(state)].some(isRunOver)).toBe(true);
  });

  it('send in one state only, which no still one is reached from without a state between', () => {
    expect(RUN_STATES.filter(maySend)).toEqual(['running']);
    for (const event of RUN_EVENTS) {
      const next = nextRunState('running', event);
      const isEnd = event === 'finish' || event === 'finish-with-quarantine';
      if (next !== null && !isEnd) expect(STILL).not.toContain(next);
    }
  });

  it('are left to a worker or to a person, never to nobody', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...RUN_EVENTS)), (events) => {
        let state: RunState = 'draft';
        for (const event of events) state = nextRunState(state, event) ?? state;
        expect(runNeedsWorker(state) || isRunOver(state) || allowedToPerson(state).length > 0).toBe(
          true,
        );
      }),
    );
  });

  it.each([
    ['draft', ['plan']],
    ['planning', ['cancel']],
    ['planned', ['revise', 'start', 'change-pace', 'cancel']],
    ['running', ['pause', 'change-pace', 'cancel']],
    ['pausing', ['resume', 'change-pace', 'cancel']],
    ['paused', ['resume', 'change-pace', 'cancel']],
    ['failed', ['resume', 'change-pace', 'cancel']],
    ['cancelling', []],
    ['completed', []],
  ] as const)('%s: a person may %j', (state, events) => {
    expect(allowedToPerson(state)).toEqual(events);
  });
});
