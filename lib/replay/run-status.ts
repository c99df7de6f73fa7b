import type { HealthLevel } from '#lib/domain/health.ts';
import { type RunState, runNeedsWorker } from '#lib/domain/replay/job/run-state.ts';
import { countOf } from '#lib/format/count.ts';
import { formatRecordsPerSecond } from '#lib/format/rate.ts';
import { unknownTrafficWords } from './unknown-traffic-words.ts';
import type { ReplayView } from './view/run.ts';

export const RUN_STATE_WORDS: Readonly<Record<RunState, string>> = {
  draft: 'Draft',
  planning: 'Being planned',
  planned: 'Planned',
  starting: 'Starting',
  running: 'Running',
  pausing: 'Being paused',
  paused: 'Paused',
  cancelling: 'Being cancelled',
  cancelled: 'Cancelled',
  completed: 'Completed',
  'completed-with-quarantine': 'Completed, with quarantine',
  failed: 'Stopped',
};

/** Where null: it is neither well nor ill, but waits for a person who knows of it, or is over. */
export const RUN_STATE_LEVELS: Readonly<Record<RunState, HealthLevel | null>> = {
  draft: null,
  planning: null,
  planned: null,
  starting: 'ok',
  running: 'ok',
  pausing: null,
  paused: null,
  cancelling: null,
  cancelled: null,
  completed: 'ok',
  'completed-with-quarantine': 'warning',
  failed: 'critical',
};

export type RunStatus = {
  readonly word: string;
  readonly level: HealthLevel | null;
  /** One or two sentences: what it means now, and what to do where somebody should; null where the word says all. */
  readonly words: string | null;
  /** Since when it has been held up so, epoch milliseconds; null: not known, or not held up. */
  readonly sinceMs: number | null;
};

/** How a replay is: its state, and what holds it up within that state. */
export function runStatus(view: Pick<ReplayView, 'state' | 'progress' | 'failure'>): RunStatus {
  const { state, progress, failure } = view;
  const word = RUN_STATE_WORDS[state];
  const level = RUN_STATE_LEVELS[state];
  const held = state === 'running' ? heldUp(progress) : null;
  if (held !== null) return { level: 'warning', sinceMs: null, ...held };
  if (failure !== null && runNeedsWorker(state) && level !== 'critical') {
    // It goes to `failed` as soon as nothing is in flight.
    return { word, level: 'warning', words: STATE_SENTENCES[state], sinceMs: null };
  }
  return { word, level, words: STATE_SENTENCES[state], sinceMs: null };
}

/** What keeps a running replay from going at its pace; null: nothing. The first that applies explains the others. */
function heldUp(
  progress: ReplayView['progress'],
): (Pick<RunStatus, 'word' | 'words'> & Partial<Pick<RunStatus, 'sinceMs'>>) | null {
  if (progress === null) return null;
  const { workers, cap, rate, unknownTraffic, shardsThatRefuse, slices, slicesDone } = progress;
  if (workers === 0 && slicesDone < slices) {
    return {
      word: 'Running, waits for a worker',
      words:
        'No worker process holds a part of it at present. One takes it within seconds; where none does, see whether a worker runs.',
    };
  }
  if (unknownTraffic !== null) {
    const { words, todo } = unknownTrafficWords(unknownTraffic);
    return {
      word: 'Running, live traffic unknown',
      words: `${words} ${todo} It goes on by itself when it is known.`,
      sinceMs: unknownTraffic.sinceMs,
    };
  }
  if (cap !== null && (cap.rates.bytesPerSecond === 0 || cap.rates.recordsPerSecond === 0)) {
    return {
      word: 'Running, no room',
      words:
        'Live traffic leaves nothing of the target free. It goes on by itself when there is room; add shards, or raise the cap.',
    };
  }
  if (rate !== null && rate.throttledPerSecond > 0) {
    return {
      word: 'Running, throttled',
      words: `The target refuses ${formatRecordsPerSecond(rate.throttledPerSecond)} of what is sent. Each is sent again, and the shards that refuse are sent less until they take it.`,
    };
  }
  if (shardsThatRefuse > 0) {
    return {
      word: 'Running, yielding',
      words: `Live traffic is refused in ${countOf(shardsThatRefuse, 'shard')} more than before: it is sent less there until that ends.`,
    };
  }
  return null;
}

const STATE_SENTENCES: Readonly<Record<RunState, string | null>> = {
  draft: null,
  planning: 'The archive is listed and sampled. Nothing is sent.',
  planned: 'Nothing is sent before it is started.',
  starting: 'The target and the plan are looked at once more, then it begins.',
  running: null,
  pausing: 'No new request is sent. It is paused when those under way are answered.',
  paused:
    'Nothing is sent. It goes on where it was when it is resumed, by any worker, also after a restart.',
  cancelling: 'No new request is sent. It is cancelled when those under way are answered.',
  cancelled: 'What was sent stays in the target; nothing more is.',
  completed: null,
  'completed-with-quarantine':
    'All that could be sent was. What could not is in quarantine, with its reasons and bytes.',
  failed: 'Nothing is sent. Where it stands is kept: see to the reason, then resume.',
};
