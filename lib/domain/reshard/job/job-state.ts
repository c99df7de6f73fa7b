/**
 *                 pause                 cancel
 *      running ----------> paused ------------------+
 *      |  |  ^ <---------- /                        v
 *      |  |  |   resume                         cancelling
 *      |  |  +---- held <-- hold                    |  settle
 *      |  +------------------- cancel --------------+----------> cancelled
 *      |
 *      +-- finish --> done        stop, from any that is not over --> stopped
 *
 * `paused` by a person, `held` by us with a reason that a person must look at. A step that was begun is carried to its
 * end in each of them: only the next one is not begun. `stopped` names what is not as the plan has it; like `done` and
 * `cancelled` it is for good, and what remains is a new plan.
 */
export const JOB_STATES = [
  'running',
  'paused',
  'held',
  'cancelling',
  'done',
  'cancelled',
  'stopped',
] as const;

export type JobState = (typeof JOB_STATES)[number];

export type JobEvent = 'pause' | 'resume' | 'cancel' | 'hold' | 'settle' | 'finish' | 'stop';

const TRANSITIONS: Readonly<Record<JobState, Partial<Record<JobEvent, JobState>>>> = {
  running: {
    pause: 'paused',
    cancel: 'cancelling',
    hold: 'held',
    finish: 'done',
    stop: 'stopped',
  },
  // The last step may have been under way when it was paused: then all is done.
  paused: {
    resume: 'running',
    cancel: 'cancelling',
    hold: 'held',
    finish: 'done',
    stop: 'stopped',
  },
  held: { resume: 'running', cancel: 'cancelling', stop: 'stopped' },
  cancelling: { settle: 'cancelled', finish: 'done', stop: 'stopped' },
  done: {},
  cancelled: {},
  stopped: {},
};

/** The state after an event; null where the event means nothing in this state, and nothing is to be changed. */
export function nextJobState(state: JobState, event: JobEvent): JobState | null {
  return TRANSITIONS[state][event] ?? null;
}

export function isOver(state: JobState): boolean {
  return Object.keys(TRANSITIONS[state]).length === 0;
}

/** Whether a worker has something to do for it: also one that is not to go on may have a step under way. */
export function needsWorker(state: JobState): boolean {
  return state === 'running' || state === 'paused' || state === 'cancelling';
}
