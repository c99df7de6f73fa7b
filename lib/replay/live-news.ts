import type { RunState } from '#lib/domain/replay/job/run-state.ts';
import type { ReplayHead } from '#lib/live/replay-head.ts';

/** Something that came of a replay, to be told wherever somebody is. */
export type ReplayNews = {
  readonly runId: number;
  readonly title: string;
  readonly message: string;
  /** It waits for a person. */
  readonly needsSomebody: boolean;
};

/**
 * What to tell of a step from `before` to `after`. What a tab did not know before is no news to it: it was loaded, or the
 * replay was begun, after that.
 */
export function replayNews(
  before: readonly ReplayHead[],
  after: readonly ReplayHead[],
): readonly ReplayNews[] {
  const stateBefore = new Map(before.map(({ runId, state }) => [runId, state]));
  return after.flatMap((head) => {
    const was = stateBefore.get(head.runId);
    return was === undefined || was === head.state ? [] : newsOf(head, was);
  });
}

function newsOf(head: ReplayHead, was: RunState): readonly ReplayNews[] {
  const { runId, state, failure } = head;
  const target = head.targetName === null ? '' : ` into ${head.targetName}`;
  const news = (title: string, message: string, needsSomebody = false) => [
    { runId, title: `Replay ${runId} ${title}`, message, needsSomebody },
  ];
  switch (state) {
    case 'planned':
      return was === 'planning'
        ? news('is planned', `What it would send${target} can be looked at and started.`)
        : [];
    case 'completed':
      return news(
        'is completed',
        `Everything that its filter takes was sent${target}. Its receipt holds the account.`,
      );
    case 'completed-with-quarantine':
      return news(
        'is completed, with quarantine',
        `What could be sent was sent${target}; the rest waits in its quarantine, with reasons.`,
        true,
      );
    case 'cancelled':
      return news('is cancelled', `Nothing more is sent${target}. Its receipt says what was.`);
    case 'failed':
      return news('has stopped', failure ?? 'Its page says why.', true);
    default:
      return [];
  }
}
