import type { RunEvent } from '#lib/domain/replay/job/run-state.ts';

/** What happened to a replay, as its log says it, where nobody has more to say. */
export const EVENT_WORDS: Readonly<Record<RunEvent, string>> = {
  plan: 'Planning began.',
  refuse: 'It cannot be started as it is planned, and is a draft again.',
  freeze: 'The plan is made, and the list of objects is frozen.',
  revise: 'The plan was put aside to change the draft.',
  start: 'It was started.',
  begin: 'The target is as planned: records are being sent.',
  pause: 'Pausing: nothing new is sent, and what is under way is waited for.',
  resume: 'It goes on.',
  'change-pace': 'The pace was changed.',
  cancel: 'It is being cancelled: nothing new is sent, and what is under way is waited for.',
  settle: 'Nothing is under way any more.',
  fail: 'It failed, and nothing is under way any more.',
  finish: 'All objects have come to their end.',
  'finish-with-quarantine':
    'All objects have come to their end; some of what was read is in quarantine.',
};
