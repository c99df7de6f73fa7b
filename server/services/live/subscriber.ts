import type { LiveEvent } from '#lib/live/live-event.ts';
import type { WatchTarget } from '#lib/live/watch-target.ts';
import {
  type LivePicture,
  newsOf,
  pictureRows,
  revisionOf,
  type SentView,
  unchangedSince,
  viewOf,
} from './live-picture.ts';

/** One tab: which changes it has not been told yet. Holds ids, never events, so a slow reader costs nothing. */
export type Subscriber = {
  readonly target: WatchTarget | null;
  readonly tellAll: () => void;
  readonly tellChanged: (streamIds: readonly number[]) => void;
  readonly tellReplays: () => void;
  readonly tellProblem: (message: string) => void;
  /** Ends, without an error, when `signal` aborts. To be read once. */
  readonly events: (signal: AbortSignal) => AsyncIterable<LiveEvent>;
};

export function createSubscriber(options: {
  readonly target: WatchTarget | null;
  /** Which state of the rows the tab has; null for none. */
  readonly known: string | null;
  readonly picture: LivePicture;
  /** The database's clock. */
  readonly now: () => number;
  /** The same, asked of the database itself where it answers. */
  readonly askNow: () => Promise<number>;
  readonly heartbeatMs: number;
}): Subscriber {
  const { target, picture, now, askNow, heartbeatMs } = options;
  /** `first` until the picture is known to be of now: the first news makes it a whole snapshot. */
  let due: 'first' | 'nothing' | 'snapshot' | 'rows' = 'first';
  let changedIds = new Set<number>();
  let problem: string | null = null;
  let known = options.known;
  let sent: SentView | null = null;
  let sentReplays: LivePicture['replays'] | null = null;
  let wake = () => {};

  function takeEvents(): readonly LiveEvent[] {
    const events: LiveEvent[] = [];
    const serverTimeMs = now();
    if (problem !== null) {
      events.push({ type: 'problem', serverTimeMs, message: problem });
      problem = null;
    }
    if (due === 'first') return events;
    if (due !== 'nothing') takeStreams(events, serverTimeMs);
    if (picture.replays !== null && sentReplays !== picture.replays) {
      sentReplays = picture.replays;
      events.push({ type: 'replays', serverTimeMs, replays: sentReplays });
    }
    return events;
  }

  function takeStreams(events: LiveEvent[], serverTimeMs: number): void {
    const { connections } = picture;
    const revision = revisionOf(picture);
    if (due === 'snapshot') {
      const kept = unchangedSince(picture, known);
      const rows = pictureRows(picture, serverTimeMs, new Set(kept));
      events.push({ type: 'snapshot', serverTimeMs, revision, connections, rows, kept });
      // Told of a whole again, it is after trouble: then nothing is taken for granted.
      known = null;
      sent = null;
    } else {
      const upsert = [...changedIds].flatMap((id) => picture.views.get(id)?.row ?? []);
      const removed = [...changedIds].filter((id) => !picture.views.has(id));
      events.push({ type: 'rows', serverTimeMs, revision, connections, upsert, removed });
    }
    changedIds = new Set();
    due = 'nothing';

    const news = newsOf(target === null ? null : viewOf(picture, target), sent);
    sent = news.sent;
    if (news.topology !== null && sent !== null) {
      const { streamId } = sent;
      events.push({ type: 'topology', serverTimeMs, streamId, topology: news.topology });
    }
    if (news.frame !== null) events.push({ type: 'frame', serverTimeMs, frame: news.frame });
  }

  return {
    target,
    tellAll() {
      due = 'snapshot';
      // The snapshot ends what was wrong.
      problem = null;
      wake();
    },
    tellChanged(streamIds) {
      for (const id of streamIds) changedIds.add(id);
      if (due === 'first') due = 'snapshot';
      if (due === 'nothing') due = 'rows';
      wake();
    },
    tellReplays() {
      if (due === 'first') due = 'snapshot';
      // Whoever is woken for nothing begins to wait for its heartbeat anew, and a replay goes on each moment.
      else if (sentReplays === picture.replays) return;
      wake();
    },
    tellProblem(message) {
      problem = message;
      wake();
    },
    async *events(signal) {
      while (!signal.aborted) {
        const events = takeEvents();
        if (events.length > 0) {
          yield* events;
          continue;
        }
        const woken = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => end(false), heartbeatMs);
          const onAbort = () => end(true);
          const end = (early: boolean) => {
            clearTimeout(timer);
            signal.removeEventListener('abort', onAbort);
            wake = () => {};
            resolve(early);
          };
          signal.addEventListener('abort', onAbort);
          wake = onAbort;
        });
        if (!woken) yield { type: 'heartbeat', serverTimeMs: await askNow() };
      }
    },
  };
}
