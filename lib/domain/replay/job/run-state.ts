/**
 *                 plan             freeze             start               begin
 *      draft ----------> planning -------> planned ----------> starting -------> running
 *        ^                  |                 |                 |  ^              |   ^
 *        +----- refuse -----+     revise      |            fail |  | resume pause |   | resume
 *        +------------------------------------+                 v  |              v   |
 *                                                              failed <-- fail -- pausing -- settle --> paused
 *
 *      running, pausing, cancelling -- finish --> completed, or completed-with-quarantine
 *      all but draft and those that are over -- cancel --> cancelling -- settle --> cancelled
 *
 * Only `running` sends. `pausing` and `cancelling` last until nothing is in flight, so that after `paused`, `cancelled`
 * or `failed` is shown nothing more is sent (reference, invariant 8): what goes wrong while records are in flight pauses
 * the run first, and fails it then. A plan that cannot be made leads back to the draft, with its refusals.
 * A failed run starts again rather than runs on: its target is looked at once more.
 */
export const RUN_STATES = [
  'draft',
  'planning',
  'planned',
  'starting',
  'running',
  'pausing',
  'paused',
  'cancelling',
  'cancelled',
  'completed',
  'completed-with-quarantine',
  'failed',
] as const;

export type RunState = (typeof RUN_STATES)[number];

export const RUN_EVENTS = [
  'plan',
  'refuse',
  'freeze',
  'revise',
  'start',
  'begin',
  'pause',
  'resume',
  'change-pace',
  'cancel',
  'settle',
  'fail',
  'finish',
  'finish-with-quarantine',
] as const;

/**
 * `freeze`: the manifest is whole and will not change. `begin`: the slices are there to be taken. `settle`: nothing is in
 * flight any more. `fail`: as `settle`, and what went wrong stands. The two of `finish`: every object is in a terminal
 * state.
 */
export type RunEvent = (typeof RUN_EVENTS)[number];

const TRANSITIONS: Readonly<Record<RunState, Partial<Record<RunEvent, RunState>>>> = {
  draft: { plan: 'planning' },
  planning: { freeze: 'planned', refuse: 'draft', cancel: 'cancelling' },
  planned: { revise: 'draft', start: 'starting', 'change-pace': 'planned', cancel: 'cancelling' },
  starting: {
    begin: 'running',
    'change-pace': 'starting',
    cancel: 'cancelling',
    fail: 'failed',
  },
  running: {
    pause: 'pausing',
    'change-pace': 'running',
    cancel: 'cancelling',
    finish: 'completed',
    'finish-with-quarantine': 'completed-with-quarantine',
  },
  // The last records may have been in flight when it was paused: then all is done.
  pausing: {
    resume: 'running',
    'change-pace': 'pausing',
    cancel: 'cancelling',
    settle: 'paused',
    fail: 'failed',
    finish: 'completed',
    'finish-with-quarantine': 'completed-with-quarantine',
  },
  paused: { resume: 'running', 'change-pace': 'paused', cancel: 'cancelling' },
  cancelling: {
    settle: 'cancelled',
    finish: 'completed',
    'finish-with-quarantine': 'completed-with-quarantine',
  },
  failed: { resume: 'starting', 'change-pace': 'failed', cancel: 'cancelling' },
  cancelled: {},
  completed: {},
  'completed-with-quarantine': {},
};

/** The state after an event; null where the event means nothing in this state, and nothing is to be changed. */
export function nextRunState(state: RunState, event: RunEvent): RunState | null {
  return TRANSITIONS[state][event] ?? null;
}

export function isRunOver(state: RunState): boolean {
  return Object.keys(TRANSITIONS[state]).length === 0;
}

/** Whether a new request may be sent. What was sent before may still be under way in `pausing` and `cancelling`. */
export function maySend(state: RunState): boolean {
  return state === 'running';
}

/** Whether a worker has something to do for it; the others wait for a person, or for nobody. */
export function runNeedsWorker(state: RunState): boolean {
  return (
    state === 'planning' ||
    state === 'starting' ||
    state === 'running' ||
    state === 'pausing' ||
    state === 'cancelling'
  );
}

/** What a person may ask of a run, in the order of its buttons. */
const PERSONS_EVENTS = [
  'plan',
  'revise',
  'start',
  'pause',
  'resume',
  'change-pace',
  'cancel',
] as const;

export type PersonsEvent = (typeof PERSONS_EVENTS)[number];

/** What a person may ask of a run in this state. */
export function allowedToPerson(state: RunState): readonly PersonsEvent[] {
  return PERSONS_EVENTS.filter((event) => nextRunState(state, event) !== null);
}
